#include "common/server/wait_for_dependency.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "common/config/bad_configuration.h"
#include "common/log/testing/captured_log.h"

namespace oshirase {
namespace {

// A clock that moves only when somebody waits.
struct Waiting {
  absl::Time now = absl::FromUnixSeconds(1'600'000'000);
  bool stop = false;

  WaitOptions options() {
    WaitOptions result;
    result.clock = [this] { return now; };
    result.wait = [this](absl::Duration duration) {
      now += duration;
      return stop;
    };
    return result;
  }
};

TEST_CASE("a dependency that is there is not waited for") {
  const CapturedLog log;
  Waiting waiting;
  const absl::Time start = waiting.now;

  CHECK(WaitForDependency(
            "postgres", [] { return absl::OkStatus(); }, waiting.options())
            .ok());

  CHECK(waiting.now == start);
  CHECK(log.text().empty());
}

TEST_CASE("a dependency that comes back is found again within a second") {
  Waiting waiting;
  const absl::Time back = waiting.now + absl::Seconds(17);
  const auto probe = [&] {
    return waiting.now < back ? absl::UnavailableError("refused") : absl::OkStatus();
  };

  CHECK(WaitForDependency("postgres", probe, waiting.options()).ok());

  CHECK(waiting.now - back < absl::Seconds(1));
}

TEST_CASE("waiting is logged every 5 s and ends after 60 s") {
  const CapturedLog log;
  Waiting waiting;
  const absl::Time start = waiting.now;

  const auto status = WaitForDependency(
      "redis", [] { return absl::UnavailableError("refused"); }, waiting.options());

  CHECK(absl::IsUnavailable(status));
  CHECK(status.message() == "redis could not be reached for 1m: refused");
  CHECK(waiting.now - start == absl::Seconds(60));
  REQUIRE(log.lines().size() == 12);  // At 0, 5, ... 55 s.
  CHECK(absl::StrContains(log.lines()[1], "\"dependency\":\"redis\",\"waited_s\":5"));
}

TEST_CASE("being told to stop ends the waiting") {
  Waiting waiting;
  waiting.stop = true;

  CHECK(absl::IsCancelled(WaitForDependency(
      "redis", [] { return absl::UnavailableError("refused"); }, waiting.options())));
}

TEST_CASE("a wrong configuration is not waited for") {
  Waiting waiting;
  int probes = 0;
  const auto probe = [&] {
    ++probes;
    return BadConfiguration({"DATABASE_URL_FILE: no such role"});
  };

  CHECK(IsBadConfiguration(WaitForDependency("postgres", probe, waiting.options())));
  CHECK(probes == 1);
}

}  // namespace
}  // namespace oshirase

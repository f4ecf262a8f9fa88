#include "services/notifier/domain/drift_watch.h"

#include <catch2/catch.hpp>
#include <optional>

#include "common/log/testing/captured_log.h"
#include "services/notifier/testing/scene.h"

namespace oshirase::notifier {
namespace {

// What one look at a database whose clock says `theirs`, and which takes `duration` to say so,
// finds.
std::optional<absl::Duration> Look(absl::StatusOr<absl::Time> theirs, absl::Duration duration) {
  absl::Time now = TestNoon();
  std::optional<absl::Duration> measured;
  DriftWatch watch({.database_time = [&] { return theirs; },
                    .clock = [&] { return std::exchange(now, now + duration); },
                    .on_measured = [&](absl::Duration ahead) { measured = ahead; }});
  watch.Look();
  return measured;
}

TEST_CASE("a database whose clock is more than 5 s off is warned of, whichever way") {
  for (const int seconds : {-3600, -6, 6, 3600}) {
    INFO(seconds);
    const CapturedLog log;
    const auto off = absl::Seconds(seconds);
    CHECK(Look(TestNoon() + off, absl::ZeroDuration()) == off);
    CHECK(log.lines().size() == 1);
    CHECK(log.text().find("\"seconds_ahead\":" + std::to_string(seconds)) != std::string::npos);
  }
}

TEST_CASE("up to 5 s are told and not warned of") {
  const CapturedLog log;
  CHECK(Look(TestNoon() + absl::Seconds(5), absl::ZeroDuration()) == absl::Seconds(5));
  CHECK(Look(TestNoon() - absl::Seconds(5), absl::ZeroDuration()) == -absl::Seconds(5));
  CHECK(log.lines().empty());
}

TEST_CASE("a slow answer is no drift") {
  const CapturedLog log;
  CHECK(Look(TestNoon() + absl::Seconds(9), absl::Seconds(10)) == absl::ZeroDuration());
  CHECK(Look(TestNoon() + absl::Seconds(12), absl::Seconds(10)) == absl::Seconds(2));
  CHECK(log.lines().empty());
}

TEST_CASE("a database that does not answer says nothing about its clock") {
  const CapturedLog log;
  CHECK_FALSE(Look(absl::UnavailableError("down"), absl::ZeroDuration()).has_value());
  CHECK(log.lines().empty());
}

}  // namespace
}  // namespace oshirase::notifier

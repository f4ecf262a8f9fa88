#include "tools/authority/reissue.h"

#include <csignal>

#include "absl/strings/match.h"
#include "common/status/errors.h"
#include "tests/support/status_matchers.h"
#include "tools/authority/testing/fake_desk.h"

namespace oshirase::authority {
namespace {

constexpr char kRun[] = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";

struct Watched {
  std::vector<int> done;
  int disconnected = 0;

  ReissueWatcher Watcher() {
    return {.progressed = [this](const ReissueProgress& now) { done.push_back(now.done); },
            .disconnected = [this] { ++disconnected; }};
  }
};

ReissueRun Impatient() {
  return {.run_id = kRun,
          .reason = "様式の変更",
          .mail = true,
          .patience = absl::Milliseconds(200),
          .retry_after = absl::Milliseconds(10)};
}

TEST_CASE("a run goes on under its id after the registry was restarted") {
  DeskScene scene;
  scene.desk.reissues = {{.done = {10, 20}, .end = absl::UnavailableError("going away")},
                         {.done = {20, 60}, .end = absl::CancelledError("stopped")}};
  Interruption interruption;
  Watched watched;

  const auto done = Reissue(*scene.session, Impatient(), interruption, watched.Watcher());

  REQUIRE_OK(done);
  CHECK(done->done == 100);
  CHECK(done->total == 100);
  CHECK(watched.done == std::vector<int>{10, 20, 20, 60, 100});
  CHECK(watched.disconnected == 2);
  REQUIRE(scene.desk.asked.size() == 3);
  for (const auto& request : scene.desk.asked) CHECK(absl::StrContains(request, kRun));
}

TEST_CASE("a registry that stays away is given up after a while") {
  DeskScene scene;
  scene.server.server().Shutdown(absl::ZeroDuration());
  Interruption interruption;
  Watched watched;

  const auto done = Reissue(*scene.session, Impatient(), interruption, watched.Watcher());

  CHECK_CODE(done, absl::StatusCode::kUnavailable);
  CHECK(watched.disconnected > 0);
}

TEST_CASE("what the registry refuses is not tried again") {
  DeskScene scene;
  scene.desk.FailNext(
      ReasonedError(absl::StatusCode::kFailedPrecondition, "REQUEST_ID_REUSED", "another reason"));
  Interruption interruption;
  Watched watched;

  const auto done = Reissue(*scene.session, Impatient(), interruption, watched.Watcher());

  CHECK(ReasonOf(done.status()) == "REQUEST_ID_REUSED");
  CHECK(scene.desk.asked.size() == 1);
}

TEST_CASE("an interruption ends the call that runs and does not begin another") {
  DeskScene scene;
  scene.desk.reissues = {{.done = {10}, .end = absl::OkStatus(), .hangs = true}};
  Interruption interruption;
  Watched watched;
  auto watcher = watched.Watcher();
  watcher.progressed = [](const ReissueProgress& /*now*/) { std::raise(SIGINT); };

  const auto done = Reissue(*scene.session, Impatient(), interruption, watcher);

  CHECK_CODE(done, absl::StatusCode::kCancelled);
  CHECK(interruption.happened());
  CHECK(scene.desk.asked.size() == 1);
}

}  // namespace
}  // namespace oshirase::authority

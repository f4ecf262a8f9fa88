// People act while batches are on their way: they leave the account, they pause, they cancel.
#include <catch2/catch.hpp>

#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kNoon = TestNoon();

// A case with `people` recipients, approved and opened, nothing sent yet.
std::string OpenedCase(Scene& scene, int people) {
  for (int person = 1; person <= people; ++person) {
    scene.Visit(person, 1, kNoon - absl::Hours(3) + absl::Seconds(person));
  }
  const auto case_id = scene.SubmitAndApprove(
      {scene.MakeExposure(1, kNoon - absl::Hours(3), kNoon - absl::Hours(2))});
  scene.OpenApproved();
  return case_id;
}

void CheckEveryoneOnce(Scene& scene, int people) {
  const auto delivered = scene.line.delivered();
  CHECK(delivered.size() == static_cast<size_t>(people));
  for (const auto& [user, count] : delivered) CHECK(count == 1);
  CHECK(scene.line.changed_bodies().empty());
}

TEST_CASE("whoever leaves before the first attempt is left out, under a new key") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 5);
  const auto planned = scene.Batches(case_id).front().content;
  REQUIRE_OK(scene.process().departures.Record(TestPerson(2), scene.now(), false));

  scene.RunAll();

  CHECK(scene.Read(case_id).counts == Counts{.accepted = 4, .suppressed = 1});
  CHECK(scene.line.calls().front().retry_key != planned.retry_key);
  CHECK(scene.line.delivered().count(TestUserId(2)) == 0);
}

TEST_CASE("whoever leaves after an attempt stays in the batch: its bytes must not change") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 5);
  scene.line.Script({{Answered(500), false}});
  scene.SendDue();
  REQUIRE_OK(scene.process().departures.Record(TestPerson(2), scene.now(), false));

  scene.RunAll();

  CHECK(scene.Read(case_id).counts == Counts{.accepted = 5});
  CheckEveryoneOnce(scene, 5);
}

TEST_CASE("a batch that everyone left is sent to nobody") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 2);
  REQUIRE_OK(scene.process().departures.Record(TestPerson(1), scene.now(), false));
  REQUIRE_OK(scene.process().departures.Record(TestPerson(2), scene.now(), false));

  scene.RunAll();

  CHECK(scene.Read(case_id).state == CaseState::kSent);
  CHECK(scene.Read(case_id).counts == Counts{.suppressed = 2});
  CHECK(scene.line.calls().empty());
}

TEST_CASE("after a pause no further call is made, and after resuming the rest goes out") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 1201);
  int calls = 0;
  scene.line.OnMulticast([&] {
    if (++calls == 1) REQUIRE_OK(scene.process().decisions.Pause("officer-a", case_id));
  });

  scene.RunAll();
  CHECK(scene.line.calls().size() == 1);
  CHECK(scene.Read(case_id).state == CaseState::kPaused);

  REQUIRE_OK(scene.process().decisions.Resume("officer-a", case_id));
  scene.RunAll();
  CHECK(scene.Read(case_id).state == CaseState::kSent);
  CheckEveryoneOnce(scene, 1201);
}

TEST_CASE("after a cancellation what was not handed to LINE never is, and what was is told") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 1201);
  int calls = 0;
  scene.line.OnMulticast([&] {
    if (++calls == 1) REQUIRE_OK(scene.Cancel(case_id, "officer-b"));
  });

  scene.RunAll();

  const Case ended = scene.Read(case_id);
  CHECK(scene.line.calls().size() == 1);
  CHECK(ended.state == CaseState::kCancelled);
  CHECK(ended.counts.pending == 0);
  CHECK(ended.counts.accepted + ended.counts.unsent == 1201);
  CHECK(ended.counts.accepted > 0);
}

TEST_CASE("no log line of opening and sending holds anybody's id") {
  Scene scene;
  OpenedCase(scene, 5);
  scene.line.Script({{Answered(500), true}, {Answered(429, kMonthlyLimitText), false}});

  scene.RunAll();

  const std::string log = scene.log.text();
  CHECK(log.find("LINE call") != std::string::npos);
  for (int person = 1; person <= 5; ++person) {
    CHECK(log.find(TestUserId(person).substr(1)) == std::string::npos);
  }
}

}  // namespace
}  // namespace oshirase::notifier

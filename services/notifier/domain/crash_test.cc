// The process dies at every step there is, and another takes over: nobody twice, nobody missed.
#include <catch2/catch.hpp>

#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kNoon = TestNoon();
constexpr int kPeople = 12;

// Enters and approves a case over `kPeople` visitors.
std::string Begin(Scene& scene) {
  for (int person = 1; person <= kPeople; ++person) {
    scene.Visit(person, 1, kNoon - absl::Hours(3) + absl::Seconds(person));
  }
  return scene.SubmitAndApprove(
      {scene.MakeExposure(1, kNoon - absl::Hours(3), kNoon - absl::Hours(2))});
}

void CheckEveryoneOnce(Scene& scene) {
  const auto delivered = scene.line.delivered();
  CHECK(delivered.size() == kPeople);
  for (const auto& [user, count] : delivered) CHECK(count == 1);
  CHECK(scene.line.changed_bodies().empty());
}

// Runs a case whose process dies after `steps`; false when it ended before dying.
bool RunWithDeathAfter(int steps, const std::vector<LineBehaviour>& script) {
  INFO("death after step " << steps);
  Scene scene;
  const auto case_id = Begin(scene);
  scene.line.Script(script);
  scene.db.lifeline.DieAfter(steps);
  scene.RunAll();
  const bool died = scene.db.lifeline.dead();

  scene.RestartProcess();
  scene.RunAll();

  CHECK(scene.Read(case_id).state == CaseState::kSent);
  CHECK(scene.Read(case_id).counts.accepted == kPeople);
  CheckEveryoneOnce(scene);
  return died;
}

TEST_CASE("a process that dies anywhere between approval and the last acceptance loses nothing") {
  int steps = 0;
  while (RunWithDeathAfter(steps, {})) ++steps;

  // Opening, planning, claiming, beginning, sending, ending and finishing all have their steps.
  CHECK(steps > 20);
}

TEST_CASE("the same with a LINE that accepts and says 500, or says nothing") {
  int steps = 0;
  while (RunWithDeathAfter(steps, {{Answered(500), true}, {NoAnswer(), false}})) ++steps;

  CHECK(steps > 30);
}

TEST_CASE("dying again and again at the same step still ends well") {
  for (int steps = 1; steps < 60; steps += 3) {
    INFO("death after step " << steps);
    Scene scene;
    const auto case_id = Begin(scene);
    for (int life = 0; life < 5; ++life) {
      scene.db.lifeline.DieAfter(steps);
      scene.RunAll();
      scene.RestartProcess();
    }
    scene.RunAll();

    CHECK(scene.Read(case_id).state == CaseState::kSent);
    CheckEveryoneOnce(scene);
  }
}

TEST_CASE("a process that dies while a bad id is being found costs only that person") {
  for (int steps = 0;; ++steps) {
    INFO("death after step " << steps);
    Scene scene;
    const auto case_id = Begin(scene);
    scene.line.Refuse(TestUserId(5));
    scene.db.lifeline.DieAfter(steps);
    scene.RunAll();
    const bool died = scene.db.lifeline.dead();
    scene.RestartProcess();
    scene.RunAll();

    // Dying between a refusal and its record leaves doubt; nobody is sent anything on doubt.
    const Case ended = scene.Read(case_id);
    CHECK(ended.counts.accepted + ended.counts.failed + ended.counts.unknown == kPeople);
    CHECK(ended.counts.failed <= 1);
    for (const auto& [user, count] : scene.line.delivered()) CHECK(count == 1);
    CHECK(scene.line.delivered().count(TestUserId(5)) == 0);
    if (!died) {
      CHECK(ended.counts == Counts{.accepted = kPeople - 1, .failed = 1});
      break;
    }
  }
}

}  // namespace
}  // namespace oshirase::notifier

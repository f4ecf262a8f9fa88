// What happens by itself: the caretaker's rounds, the opening queue's and the sender's threads.
#include "services/notifier/domain/caretaker.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "common/status/errors.h"
#include "services/notifier/domain/sender.h"
#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kNoon = TestNoon();
const absl::Time kFrom = kNoon - absl::Hours(3);

// A caretaker with an opening queue that is not started, so that what it holds can be seen later.
struct World {
  Scene scene;
  std::atomic<int> planned = 0;
  OpeningQueue openings{scene.process().opener, scene.cases, [this] { ++planned; }};
  Caretaker caretaker{{scene.cases, scene.outbox, scene.registry, scene.process().opener, openings,
                       scene.process().name_ring, [this] { return scene.now(); }}};

  std::vector<Exposure> Exposures() {
    return {scene.MakeExposure(1, kFrom, kFrom + absl::Hours(1))};
  }
  // Runs the queue until nothing in it is left to do.
  void DrainOpenings(int wanted) {
    openings.Start();
    const absl::Time deadline = absl::Now() + absl::Seconds(10);
    while (planned < wanted && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(1));
    openings.Stop();
  }
};

TEST_CASE("the registry hears of a rejection, once, and after it was away") {
  World world;
  const auto entered = world.scene.Submit(world.scene.MakeStatement(world.Exposures()));
  REQUIRE_OK(entered);
  REQUIRE_OK(world.scene.Reject(entered->case_id, "officer-b"));
  world.scene.registry.FailNext(absl::UnavailableError("down"));

  world.caretaker.TellVoids();
  CHECK(world.scene.registry.voids().empty());
  world.caretaker.TellVoids();
  CHECK(world.scene.registry.voids().size() == 1);
  world.caretaker.TellVoids();
  CHECK(world.scene.registry.voids().size() == 1);
}

TEST_CASE("an approved case that a dead process left is opened and sent") {
  World world;
  world.scene.Visit(1, 1, kFrom);
  const auto case_id = world.scene.SubmitAndApprove(world.Exposures());

  world.caretaker.TidyUp();
  world.DrainOpenings(1);

  CHECK(world.scene.Read(case_id).state == CaseState::kSending);
}

TEST_CASE("a case is opened again when a neighbour is back, and says meanwhile why it waits") {
  World world;
  const auto case_id = world.scene.SubmitAndApprove(world.Exposures());
  world.scene.checkin.FailNext(
      ReasonedError(absl::StatusCode::kUnavailable, "CHECKIN_DOWN", "down"));
  world.openings.Add(case_id, std::nullopt);
  world.openings.Start();
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  while (world.scene.Read(case_id).pause_reason != "CHECKIN_DOWN" && absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(1));
  }
  CHECK(world.scene.Read(case_id).state == CaseState::kApproved);
  CHECK(world.scene.Read(case_id).pause_reason == "CHECKIN_DOWN");

  while (world.planned == 0 && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(1));
  world.openings.Stop();

  CHECK(world.scene.Read(case_id).state == CaseState::kSent);
  CHECK(world.scene.Read(case_id).pause_reason.empty());
}

TEST_CASE("late visits are found within the release, not after it") {
  World world;
  world.scene.Visit(1, 1, kFrom);
  const auto case_id = world.scene.SubmitAndApprove(world.Exposures());
  world.scene.RunAll();
  world.scene.Visit(2, 1, kFrom);

  SECTION("within") {
    world.caretaker.LookForLateVisits();
    world.DrainOpenings(1);
    CHECK(world.scene.Read(case_id).counts.pending == 1);
  }
  SECTION("after") {
    world.scene.Advance(absl::Hours(25));
    world.caretaker.LookForLateVisits();
    world.DrainOpenings(0);
    CHECK(world.scene.Read(case_id).counts.pending == 0);
  }
}

TEST_CASE("late visits of a case that was sent can be stopped, for a while or for good") {
  World world;
  world.scene.Visit(1, 1, kFrom);
  const auto case_id = world.scene.SubmitAndApprove(world.Exposures());
  world.scene.RunAll();
  REQUIRE(world.scene.Read(case_id).state == CaseState::kSent);
  auto& decisions = world.scene.process().decisions;

  SECTION("for good") {
    REQUIRE_OK(world.scene.Cancel(case_id, "officer-b"));
    world.scene.Visit(2, 1, kFrom);
    world.caretaker.LookForLateVisits();
    world.DrainOpenings(0);
    world.scene.RunAll();

    CHECK(world.scene.Read(case_id).state == CaseState::kCancelled);
    CHECK(world.scene.Read(case_id).counts == Counts{.accepted = 1});
    CHECK(world.scene.line.delivered().size() == 1);
    world.caretaker.TellVoids();
    CHECK(world.scene.registry.voids().size() == 1);
  }
  SECTION("for a while") {
    REQUIRE_OK(decisions.Pause("officer-a", case_id));
    world.scene.Visit(2, 1, kFrom);
    world.caretaker.LookForLateVisits();
    world.DrainOpenings(1);
    world.scene.RunAll();
    CHECK(world.scene.Read(case_id).state == CaseState::kPaused);
    CHECK(world.scene.line.delivered().size() == 1);

    REQUIRE_OK(decisions.Resume("officer-a", case_id));
    world.scene.RunAll();
    CHECK(world.scene.Read(case_id).state == CaseState::kSent);
    CHECK(world.scene.line.delivered().size() == 2);
  }
  SECTION("not when none can come any more") {
    world.scene.Advance(absl::Hours(25));
    CHECK(ReasonOf(decisions.Pause("officer-a", case_id).status()) == "CASE_FINISHED");
    CHECK(ReasonOf(world.scene.Cancel(case_id, "officer-b").status()) == "CASE_FINISHED");
  }
}

TEST_CASE("the key of a case that is over is destroyed, with the hashes of those told") {
  World world;
  world.scene.Visit(1, 1, kFrom);
  const auto case_id = world.scene.SubmitAndApprove(world.Exposures());
  world.scene.RunAll();
  const keyring::KeyName key{keyring::kCaseKey, case_id};

  world.caretaker.ForgetCases();
  CHECK(world.scene.key_store.Has(key));
  world.scene.Advance(absl::Hours(25));
  world.caretaker.ForgetCases();

  CHECK_FALSE(world.scene.key_store.Has(key));
  CHECK(world.scene.outbox.ToldPeople(case_id)->empty());
  CHECK(world.scene.Read(case_id).state == CaseState::kSent);
}

TEST_CASE("a key that could not be destroyed is destroyed later") {
  World world;
  world.scene.Visit(1, 1, kFrom);
  const auto case_id = world.scene.SubmitAndApprove(world.Exposures());
  world.scene.RunAll();
  world.scene.Advance(absl::Hours(25));
  const keyring::KeyName key{keyring::kCaseKey, case_id};
  world.scene.key_store.FailNext(absl::UnavailableError("disk"));

  world.caretaker.ForgetCases();
  CHECK(world.scene.key_store.Has(key));
  world.caretaker.ForgetCases();

  CHECK_FALSE(world.scene.key_store.Has(key));
}

TEST_CASE("after seven days the key goes whatever is open, and what is unsent stays unsent") {
  World world;
  world.scene.Visit(1, 1, kFrom);
  const auto case_id = world.scene.SubmitAndApprove(world.Exposures());
  world.scene.OpenApproved();
  REQUIRE_OK(world.scene.process().decisions.Pause("officer-a", case_id));
  world.scene.Advance(absl::Hours(7 * 24));

  world.caretaker.ForgetCases();

  CHECK(world.scene.Read(case_id).counts == Counts{.unsent = 1});
  CHECK(world.scene.Read(case_id).state == CaseState::kCancelled);
  CHECK_FALSE(world.scene.key_store.Has({keyring::kCaseKey, case_id}));
}

TEST_CASE("the sender wakes at once when batches were planned") {
  Scene scene;
  for (int person = 1; person <= 1200; ++person) scene.Visit(person, 1, kFrom);
  Sender sender(scene.outbox, [&] { return scene.now(); },
                {.workers = 4, .longest_sleep = absl::Hours(1)});
  sender.Start(scene.process().sender);
  absl::SleepFor(absl::Milliseconds(20));  // it sleeps, there is nothing to do
  const auto case_id =
      scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kFrom + absl::Hours(1))});
  scene.OpenApproved();
  const absl::Time begin = absl::Now();
  sender.Wake();
  const absl::Time deadline = begin + absl::Seconds(10);
  while (scene.Read(case_id).state != CaseState::kSent && absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(1));
  }
  sender.Stop();

  CHECK(scene.Read(case_id).state == CaseState::kSent);
  CHECK(scene.line.delivered().size() == 1200);
  for (const auto& [user, count] : scene.line.delivered()) CHECK(count == 1);
}

TEST_CASE("a sender that stops gives back what it had not begun") {
  Scene scene;
  for (int person = 1; person <= 1200; ++person) scene.Visit(person, 1, kFrom);
  const auto case_id =
      scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kFrom + absl::Hours(1))});
  scene.OpenApproved();
  absl::Notification called;
  absl::Notification go_on;
  scene.line.OnMulticast([&] {
    if (!called.HasBeenNotified()) called.Notify();
    go_on.WaitForNotification();
  });
  Sender sender(scene.outbox, [&] { return scene.now(); }, {.workers = 1});
  sender.Start(scene.process().sender);
  called.WaitForNotification();
  std::thread stopper([&] { sender.Stop(); });
  absl::SleepFor(absl::Milliseconds(20));
  go_on.Notify();
  stopper.join();

  // The call in flight was finished and recorded; nothing else is held by anybody.
  const Counts counts = scene.Read(case_id).counts;
  CHECK((counts.accepted == 500 || counts.accepted == 200));
  CHECK(counts.accepted + counts.pending == 1200);
  for (const BatchRow& batch : scene.Batches(case_id)) CHECK(batch.lease_id.empty());
}

}  // namespace
}  // namespace oshirase::notifier

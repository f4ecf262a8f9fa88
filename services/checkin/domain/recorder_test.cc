#include "services/checkin/domain/recorder.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "absl/time/clock.h"
#include "common/status/errors.h"
#include "services/checkin/testing/fake_day_index.h"
#include "services/checkin/testing/fake_venue_key_source.h"
#include "services/checkin/testing/fake_visit_store.h"
#include "services/checkin/testing/visits.h"
#include "tests/support/status_matchers.h"

namespace oshirase::checkin {
namespace {

using Outcomes = absl::StatusOr<std::vector<Outcome>>;

struct World {
  explicit World(Recorder::Options options = {})
      : recorder({store, index, health, keys, TestNow}, std::move(options)) {
    REQUIRE_OK(store.EnsureDay(TestDay()));
  }

  // Records in a thread of its own.
  std::future<Outcomes> Start(std::vector<Visit> visits) {
    return std::async(std::launch::async, [this, visits = std::move(visits)]() mutable {
      return Record(std::move(visits));
    });
  }

  Outcomes Record(std::vector<Visit> visits, absl::Time deadline = absl::InfiniteFuture()) {
    return recorder.Record(std::move(visits), deadline);
  }

  void WaitForWaiting(size_t count) const {
    while (recorder.waiting() < count) absl::SleepFor(absl::Milliseconds(1));
  }

  void WaitForBatches(size_t count) const {
    while (store.batch_sizes().size() < count) absl::SleepFor(absl::Milliseconds(1));
  }

  FakeVisitStore store;
  FakeDayIndex index;
  IndexHealth health;
  FakeVenueKeySource key_source;
  VenueKeys keys{key_source};
  Recorder recorder;
};

TEST_CASE("a visit is stored under the venue-hour key and opens with it") {
  World world;

  const auto outcomes = world.Record({TestVisit(1)});

  REQUIRE_OK(outcomes);
  CHECK(*outcomes == std::vector<Outcome>{Outcome::kRecorded});
  const auto stored = world.store.Read({VenueNumber(1), TestDay(), 1U << 12}, std::nullopt, 10);
  REQUIRE_OK(stored);
  REQUIRE(stored->size() == 1);
  const auto opened =
      crypto::OpenOuter(world.key_source.KeyPair(TestVisit(1)), stored->front().sealed);
  REQUIRE_OK(opened);
  CHECK(*opened == "sealed 1");
}

TEST_CASE("the same visit again is already recorded") {
  World world;
  REQUIRE_OK(world.Record({TestVisit(1)}));

  const auto again = world.Record({TestVisit(1), TestVisit(2)});

  REQUIRE_OK(again);
  CHECK(*again == std::vector<Outcome>{Outcome::kAlreadyRecorded, Outcome::kRecorded});
}

TEST_CASE("what gathers while a batch is written goes in one batch") {
  World world;
  REQUIRE_OK(world.Record({TestVisit(1)}));
  world.store.Hold();
  std::vector<std::future<Outcomes>> waiting;
  waiting.push_back(world.Start({TestVisit(2)}));
  world.WaitForBatches(2);
  for (uint32_t i = 10; i < 60; ++i) waiting.push_back(world.Start({TestVisit(i)}));
  world.WaitForWaiting(50);

  world.store.LetGo();

  for (auto& outcome : waiting) {
    const auto outcomes = outcome.get();
    REQUIRE_OK(outcomes);
    CHECK(outcomes->front() == Outcome::kRecorded);
  }
  CHECK(world.store.batch_sizes() == std::vector<size_t>{1, 1, 50});
}

TEST_CASE("no batch is larger than its bound") {
  World world({.max_batch = 10});
  std::vector<Visit> visits;
  for (uint32_t i = 0; i < 35; ++i) visits.push_back(TestVisit(i));

  REQUIRE_OK(world.Record(visits));

  for (const auto size : world.store.batch_sizes()) CHECK(size <= 10);
  CHECK(world.store.size() == 35);
}

TEST_CASE("a full queue refuses at once and takes nothing of the request") {
  World world({.max_batch = 1, .max_waiting = 3});
  REQUIRE_OK(world.Record({TestVisit(1)}));
  world.store.Hold();
  auto first = world.Start({TestVisit(2)});
  world.WaitForBatches(2);
  auto second = world.Start({TestVisit(3), TestVisit(4)});
  world.WaitForWaiting(2);

  const auto refused = world.Record({TestVisit(5), TestVisit(6)});

  CHECK_CODE(refused, absl::StatusCode::kResourceExhausted);
  CHECK(ReasonOf(refused.status()) == "OVERLOADED");
  world.store.LetGo();
  REQUIRE_OK(first.get());
  REQUIRE_OK(second.get());
  CHECK(world.store.size() == 4);
}

TEST_CASE("one visit that cannot be stored fails alone") {
  World world;
  world.store.Poison(VisitNumber(13));
  std::vector<Visit> visits;
  for (uint32_t i = 0; i < 40; ++i) visits.push_back(TestVisit(i));

  const auto outcomes = world.Record(visits);

  REQUIRE_OK(outcomes);
  for (size_t i = 0; i < outcomes->size(); ++i) {
    CHECK((*outcomes)[i] == (i == 13 ? Outcome::kFailed : Outcome::kRecorded));
  }
  CHECK(world.store.size() == 39);
}

TEST_CASE("a database that is away fails the batch without trying its parts") {
  World world;
  world.store.FailNext(absl::UnavailableError("down"));

  const auto outcomes = world.Record({TestVisit(1), TestVisit(2)});

  REQUIRE_OK(outcomes);
  CHECK(*outcomes == std::vector<Outcome>{Outcome::kFailed, Outcome::kFailed});
  CHECK(world.store.batch_sizes().size() == 1);
}

TEST_CASE("visits of days that are over or not yet open are refused, their neighbours stored") {
  World world;
  auto old = TestVisit(1);
  old.day = TestDay() - 2;
  auto early = TestVisit(2);
  early.day = TestDay() + 2;

  const auto outcomes = world.Record({old, TestVisit(3), early});

  REQUIRE_OK(outcomes);
  CHECK(*outcomes ==
        std::vector<Outcome>{Outcome::kRefused, Outcome::kRecorded, Outcome::kRefused});
}

TEST_CASE("a registry that is away fails only visits to venues whose keys are not at hand") {
  World world;
  REQUIRE_OK(world.Record({TestVisit(1, /*venue=*/1)}));
  world.key_source.FailNext(absl::UnavailableError("down"));

  const auto outcomes = world.Record({TestVisit(2, /*venue=*/1), TestVisit(3, /*venue=*/2)});

  REQUIRE_OK(outcomes);
  CHECK(*outcomes == std::vector<Outcome>{Outcome::kRecorded, Outcome::kFailed});
}

TEST_CASE("a visit that the index did not take is recorded, and its day noted as short") {
  World world;
  world.index.FailNext(absl::UnavailableError("down"));

  const auto outcomes = world.Record({TestVisit(1)});

  REQUIRE_OK(outcomes);
  CHECK(outcomes->front() == Outcome::kRecorded);
  CHECK(world.health.IsShort(TestDay()));
}

TEST_CASE("a visit whose caller has gone is not written") {
  World world;

  const auto outcomes = world.Record({TestVisit(1)}, absl::Now() - absl::Seconds(1));

  REQUIRE_OK(outcomes);
  CHECK(outcomes->front() == Outcome::kFailed);
  CHECK(world.store.size() == 0);
}

TEST_CASE("a lone visit is written by the thread that brings it") {
  std::thread::id writer;
  World world({.on_batch = [&](const BatchReport&) { writer = std::this_thread::get_id(); }});
  REQUIRE_OK(world.Record({TestVisit(1)}));  // its venue's key has to be fetched

  REQUIRE_OK(world.Record({TestVisit(2)}));

  CHECK(writer == std::this_thread::get_id());
}

TEST_CASE("who has an answer does not stay to write for others") {
  std::atomic<int> batches = 0;
  std::promise<void> first_answered;
  // The third batch is the second caller's; it ends when the first caller has gone.
  World world({.max_batch = 1, .on_batch = [&](const BatchReport&) {
                 if (++batches == 3) first_answered.get_future().wait_for(std::chrono::seconds(10));
               }});
  REQUIRE_OK(world.Record({TestVisit(1)}));
  world.store.Hold();
  auto first = world.Start({TestVisit(2)});
  world.WaitForBatches(2);
  auto second = world.Start({TestVisit(3), TestVisit(4)});
  world.WaitForWaiting(2);

  world.store.LetGo();

  CHECK(first.wait_for(std::chrono::seconds(5)) == std::future_status::ready);
  CHECK(world.store.size() < 4);
  first_answered.set_value();
  REQUIRE_OK(second.get());
  CHECK(world.store.size() == 4);
}

TEST_CASE("stopping answers everything that waits and lets the batch being written end") {
  std::vector<std::future<Outcomes>> waiting;
  std::future<void> letting_go;
  {
    World world({.max_batch = 1});
    REQUIRE_OK(world.Record({TestVisit(1)}));
    world.store.Hold();
    waiting.push_back(world.Start({TestVisit(2)}));
    world.WaitForBatches(2);
    for (uint32_t i = 3; i < 30; ++i) waiting.push_back(world.Start({TestVisit(i)}));
    world.WaitForWaiting(27);
    letting_go = std::async(std::launch::async, [&store = world.store] {
      absl::SleepFor(absl::Milliseconds(20));
      store.LetGo();
    });
  }
  REQUIRE_OK(waiting.front().get());
  for (size_t i = 1; i < waiting.size(); ++i) {
    const auto outcomes = waiting[i].get();
    REQUIRE_OK(outcomes);
    CHECK(outcomes->front() == Outcome::kFailed);
  }
}

}  // namespace
}  // namespace oshirase::checkin

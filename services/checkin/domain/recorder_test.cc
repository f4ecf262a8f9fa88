#include "services/checkin/domain/recorder.h"

#include <catch2/catch.hpp>
#include <future>

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

  std::future<Outcomes> Start(std::vector<Visit> visits,
                              absl::Time deadline = absl::InfiniteFuture()) {
    auto promise = std::make_shared<std::promise<Outcomes>>();
    recorder.Record(std::move(visits), deadline,
                    [promise](Outcomes outcomes) { promise->set_value(std::move(outcomes)); });
    return promise->get_future();
  }

  Outcomes Record(std::vector<Visit> visits) { return Start(std::move(visits)).get(); }

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

  const auto outcomes = world.Start({TestVisit(1)}, absl::Now() - absl::Seconds(1)).get();

  REQUIRE_OK(outcomes);
  CHECK(outcomes->front() == Outcome::kFailed);
  CHECK(world.store.size() == 0);
}

TEST_CASE("stopping answers everything that waits") {
  std::vector<std::future<Outcomes>> waiting;
  {
    World world({.max_batch = 1});
    REQUIRE_OK(world.Record({TestVisit(1)}));
    world.store.Hold();
    for (uint32_t i = 2; i < 30; ++i) waiting.push_back(world.Start({TestVisit(i)}));
    world.WaitForBatches(2);
    world.store.LetGo();
  }
  for (auto& outcome : waiting) CHECK_OK(outcome.get());
}

}  // namespace
}  // namespace oshirase::checkin

#include "services/checkin/domain/index_keeper.h"

#include <catch2/catch.hpp>

#include "services/checkin/domain/visit_counter.h"
#include "services/checkin/testing/fake_day_index.h"
#include "services/checkin/testing/fake_visit_store.h"
#include "services/checkin/testing/visits.h"
#include "tests/support/status_matchers.h"

namespace oshirase::checkin {
namespace {

struct World {
  World() {
    for (Day day = TestDay() - 5; day <= TestDay() + 1; ++day) REQUIRE_OK(store.EnsureDay(day));
    std::vector<Visit> visits;
    for (uint32_t i = 0; i < 12000; ++i) {
      visits.push_back(TestVisit(i, static_cast<uint8_t>(i % 7), static_cast<int>(i % 24)));
    }
    REQUIRE_OK(store.Insert(visits));
  }

  VisitCounter::Result Count() {
    const auto result = counter.Count({{VenueNumber(1), TestDay(), (1U << 24) - 1}}, false);
    REQUIRE_OK(result);
    return *result;
  }

  FakeVisitStore store;
  FakeDayIndex index;
  IndexHealth health;
  VisitCounter counter{store, index, health};
  IndexKeeper keeper{store, index, health, [] { return false; }};
};

TEST_CASE("an empty index is built from the store and then counted by") {
  World world;
  const auto by_rows = world.Count();
  CHECK_FALSE(by_rows.from_index);

  REQUIRE_OK(world.keeper.Tend());

  const auto by_index = world.Count();
  CHECK(by_index.from_index);
  CHECK(by_index.counts == by_rows.counts);
  CHECK(world.keeper.visits_added() == 12000);
  CHECK(world.keeper.whole_days() == 7);
}

TEST_CASE("a flushed index is built again") {
  World world;
  REQUIRE_OK(world.keeper.Tend());
  const auto before = world.Count();

  world.index.Flush();
  CHECK_FALSE(world.Count().from_index);
  REQUIRE_OK(world.keeper.Tend());

  CHECK(world.Count().from_index);
  CHECK(world.Count().counts == before.counts);
}

TEST_CASE("the first look rebuilds the days still recorded for, whatever the marks say") {
  World world;
  REQUIRE_OK(world.index.MarkWhole(TestDay()));

  REQUIRE_OK(world.keeper.Tend());

  CHECK(world.keeper.visits_added() == 12000);
}

TEST_CASE("a day known to be short is counted by rows until it is rebuilt") {
  World world;
  REQUIRE_OK(world.keeper.Tend());
  REQUIRE_OK(world.store.Insert({TestVisit(99999, 1)}));
  world.health.MarkShort(TestDay());
  CHECK_FALSE(world.Count().from_index);
  const auto by_rows = world.Count();

  REQUIRE_OK(world.keeper.Tend());

  CHECK(world.Count().from_index);
  CHECK(world.Count().counts == by_rows.counts);
}

TEST_CASE("a rebuild that breaks off leaves the day to be counted by rows") {
  World world;
  REQUIRE_OK(world.keeper.Tend());
  world.index.Flush();
  world.store.FailNext(absl::UnavailableError("down"));

  CHECK_CODE(world.keeper.Tend(), absl::StatusCode::kUnavailable);
  CHECK_FALSE(world.Count().from_index);

  REQUIRE_OK(world.keeper.Tend());
  CHECK(world.Count().from_index);
}

TEST_CASE("the marks of days that have ended are taken away") {
  World world;
  REQUIRE_OK(world.index.MarkWhole(TestDay() - 30));

  REQUIRE_OK(world.keeper.Tend());

  const auto whole = world.index.WholeDays();
  REQUIRE_OK(whole);
  CHECK(whole->front() == TestDay() - 5);
}

TEST_CASE("an index that is away is counted around") {
  World world;
  REQUIRE_OK(world.keeper.Tend());
  world.index.FailNext(absl::UnavailableError("down"));

  CHECK_FALSE(world.Count().from_index);
}

}  // namespace
}  // namespace oshirase::checkin

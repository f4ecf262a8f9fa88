#include "services/checkin/domain/day_counts.h"

#include <catch2/catch.hpp>

#include "services/checkin/testing/fake_visit_store.h"
#include "services/checkin/testing/visits.h"
#include "tests/support/status_matchers.h"

namespace oshirase::checkin {
namespace {

struct World {
  World() { REQUIRE_OK(store.EnsureDay(TestDay())); }

  void Visit(uint32_t first, uint32_t count) {
    std::vector<checkin::Visit> visits;
    for (uint32_t i = first; i < first + count; ++i) visits.push_back(TestVisit(i));
    REQUIRE_OK(store.Insert(visits));
  }

  int32_t Today() {
    const auto days = counts.Of(VenueNumber(1));
    REQUIRE_OK(days);
    return days->back().visits_floor;
  }

  absl::Time now = TestNow();
  FakeVisitStore store;
  DayCounts counts{store, [this] { return now; }, 21};
};

TEST_CASE("visits are rounded down to tens, and days without any are there") {
  World world;
  world.Visit(0, 19);

  const auto days = world.counts.Of(VenueNumber(1));

  REQUIRE_OK(days);
  REQUIRE(days->size() == 22);
  CHECK(days->front().day == TestDay() - 21);
  CHECK(days->front().visits_floor == 0);
  CHECK(days->back().day == TestDay());
  CHECK(days->back().visits_floor == 10);
}

TEST_CASE("an answer stays for a minute, whoever comes in meanwhile") {
  World world;
  world.Visit(0, 19);
  REQUIRE(world.Today() == 10);
  world.Visit(100, 1);

  world.now += DayCounts::kMemory - absl::Seconds(1);
  CHECK(world.Today() == 10);
  world.now += absl::Seconds(1);
  CHECK(world.Today() == 20);
}

TEST_CASE("a failure of the store is told and not remembered") {
  World world;
  world.store.FailNext(absl::UnavailableError("down"));
  CHECK_CODE(world.counts.Of(VenueNumber(1)).status(), absl::StatusCode::kUnavailable);
  CHECK_OK(world.counts.Of(VenueNumber(1)));
}

}  // namespace
}  // namespace oshirase::checkin

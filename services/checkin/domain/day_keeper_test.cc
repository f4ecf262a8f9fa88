#include "services/checkin/domain/day_keeper.h"

#include <catch2/catch.hpp>

#include "services/checkin/testing/fake_visit_store.h"
#include "services/checkin/testing/visits.h"
#include "tests/support/status_matchers.h"

namespace oshirase::checkin {
namespace {

TEST_CASE("yesterday, today and tomorrow have room from the start") {
  FakeVisitStore store;
  DayKeeper keeper(store, TestNow, 21);

  REQUIRE_OK(keeper.Tend());

  CHECK(*store.Days() == std::vector<Day>{TestDay() - 1, TestDay(), TestDay() + 1});
}

TEST_CASE("a day is dropped when its retention is over, also after downtime") {
  FakeVisitStore store;
  for (const int age : {60, 23, 22, 21, 20}) REQUIRE_OK(store.EnsureDay(TestDay() - age));
  DayKeeper keeper(store, TestNow, 21);

  REQUIRE_OK(keeper.Tend());

  CHECK(store.Days()->front() == TestDay() - 21);
}

TEST_CASE("a store that is away is tried again at the next call") {
  FakeVisitStore store;
  DayKeeper keeper(store, TestNow, 21);
  store.FailNext(absl::UnavailableError("down"));

  CHECK_CODE(keeper.Tend(), absl::StatusCode::kUnavailable);
  CHECK_OK(keeper.Tend());
}

}  // namespace
}  // namespace oshirase::checkin

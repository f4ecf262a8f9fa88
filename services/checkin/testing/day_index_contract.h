// The cases every DayIndex passes. `index` must be empty.
#pragma once

#include <catch2/catch.hpp>

#include "services/checkin/domain/day_index.h"
#include "services/checkin/testing/visits.h"
#include "tests/support/status_matchers.h"

namespace oshirase::checkin {

inline void CheckDayIndexContract(DayIndex& index) {
  constexpr uint32_t kAllHours = (1U << 24) - 1;
  const Day day = TestDay();
  const VenueHours venue_1{VenueNumber(1), day, kAllHours};

  SECTION("a day that is not whole is not counted by") {
    REQUIRE_OK(index.Add({TestVisit(1)}));

    const auto counts = index.Count({venue_1});

    REQUIRE_OK(counts);
    CHECK_FALSE(counts->has_value());
  }

  SECTION("counts are by venue and hour, each visit once") {
    REQUIRE_OK(index.MarkWhole(day));
    REQUIRE_OK(index.Add({TestVisit(1, 1, 0), TestVisit(2, 1, 23), TestVisit(3, 2, 23)}));
    REQUIRE_OK(index.Add({TestVisit(2, 1, 23), TestVisit(4, 1, 23)}));

    const auto counts =
        index.Count({venue_1, {VenueNumber(2), day, 1U << 22}, {VenueNumber(9), day, kAllHours}});

    REQUIRE_OK(counts);
    REQUIRE(counts->has_value());
    CHECK((**counts)[0][0] == 1);
    CHECK((**counts)[0][23] == 2);
    CHECK((**counts)[1] == HourCounts{});
    CHECK((**counts)[2] == HourCounts{});
  }

  SECTION("a broken mark takes the day out of use, and that day only") {
    REQUIRE_OK(index.MarkWhole(day));
    REQUIRE_OK(index.MarkWhole(day + 1));
    REQUIRE_OK(index.MarkBroken(day));

    const auto whole = index.WholeDays();

    REQUIRE_OK(whole);
    CHECK(*whole == std::vector<Day>{day + 1});
    const auto counts = index.Count({venue_1});
    REQUIRE_OK(counts);
    CHECK_FALSE(counts->has_value());
  }
}

}  // namespace oshirase::checkin

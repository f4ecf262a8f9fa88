// The cases every VisitStore passes. `store` must be empty, without any day.
#pragma once

#include <catch2/catch.hpp>

#include "services/checkin/domain/visit_store.h"
#include "services/checkin/testing/visits.h"
#include "tests/support/status_matchers.h"

namespace oshirase::checkin {

inline void CheckVisitStoreContract(VisitStore& store) {
  constexpr uint32_t kAllHours = (1U << 24) - 1;
  const Day day = TestDay();
  REQUIRE_OK(store.EnsureDay(day));

  SECTION("a visit is new once") {
    const auto first = store.Insert({TestVisit(1), TestVisit(2)});
    const auto second = store.Insert({TestVisit(2), TestVisit(3)});

    REQUIRE_OK(first);
    REQUIRE_OK(second);
    CHECK(*first == std::vector<bool>{true, true});
    CHECK(*second == std::vector<bool>{false, true});
  }

  SECTION("of two with one id in one batch the first is new") {
    const auto inserted = store.Insert({TestVisit(1), TestVisit(1)});

    REQUIRE_OK(inserted);
    CHECK(*inserted == std::vector<bool>{true, false});
  }

  SECTION("a visit keeps the seal it was stored with") {
    auto again = TestVisit(1);
    again.sealed = "another";
    REQUIRE_OK(store.Insert({TestVisit(1)}));
    REQUIRE_OK(store.Insert({again}));

    const auto visits = store.Read({VenueNumber(1), day, kAllHours}, std::nullopt, 10);

    REQUIRE_OK(visits);
    REQUIRE(visits->size() == 1);
    CHECK(visits->front().sealed == "sealed 1");
  }

  SECTION("a batch with a day that has no room stores nothing") {
    auto elsewhere = TestVisit(2);
    elsewhere.day = day + 5;

    CHECK_CODE(store.Insert({TestVisit(1), elsewhere}), absl::StatusCode::kInternal);

    const auto visits = store.Read({VenueNumber(1), day, kAllHours}, std::nullopt, 10);
    REQUIRE_OK(visits);
    CHECK(visits->empty());
  }

  SECTION("counts are by venue, day and hour, and only of the hours asked for") {
    REQUIRE_OK(store.Insert({TestVisit(1, 1, 12), TestVisit(2, 1, 12), TestVisit(3, 1, 13),
                             TestVisit(4, 2, 12), TestVisit(5, 1, 0)}));

    const auto counts = store.Count({{VenueNumber(1), day, (1U << 12) | (1U << 13)},
                                     {VenueNumber(2), day, kAllHours},
                                     {VenueNumber(3), day, kAllHours}});

    REQUIRE_OK(counts);
    REQUIRE(counts->size() == 3);
    CHECK((*counts)[0][12] == 2);
    CHECK((*counts)[0][13] == 1);
    CHECK((*counts)[0][0] == 0);
    CHECK((*counts)[1][12] == 1);
    CHECK((*counts)[2] == HourCounts{});
  }

  SECTION("counts by day are of one venue, with the days that have no visit") {
    auto tomorrow = TestVisit(9, 1, 0);
    tomorrow.day = day + 1;
    REQUIRE_OK(store.EnsureDay(day + 1));
    REQUIRE_OK(
        store.Insert({TestVisit(1, 1, 12), TestVisit(2, 1, 13), TestVisit(3, 2, 12), tomorrow}));

    const auto counts = store.CountDays(VenueNumber(1), day - 1, day);

    REQUIRE_OK(counts);
    CHECK(*counts == std::vector<uint32_t>{0, 2});
  }

  SECTION("pages of a venue's hours hold every visit once, by hour and id") {
    std::vector<Visit> visits;
    for (uint32_t i = 0; i < 25; ++i) visits.push_back(TestVisit(i, 1, static_cast<int>(i % 3)));
    visits.push_back(TestVisit(100, 1, 9));
    REQUIRE_OK(store.Insert(visits));

    std::vector<Visit> read;
    std::optional<VisitCursor> cursor;
    while (true) {
      const auto page = store.Read({VenueNumber(1), day, 0b111}, cursor, 4);
      REQUIRE_OK(page);
      read.insert(read.end(), page->begin(), page->end());
      if (page->size() < 4) break;
      cursor = VisitCursor{read.back().venue, read.back().hour, read.back().id};
    }

    REQUIRE(read.size() == 25);
    for (size_t i = 1; i < read.size(); ++i) {
      CHECK(std::tie(read[i - 1].hour, read[i - 1].id) < std::tie(read[i].hour, read[i].id));
    }
  }

  SECTION("a scan passes every visit of the day once, across venues") {
    std::vector<Visit> visits;
    for (uint32_t i = 0; i < 30; ++i) {
      visits.push_back(TestVisit(i, static_cast<uint8_t>(i % 4), static_cast<int>(i % 24)));
    }
    REQUIRE_OK(store.Insert(visits));

    size_t seen = 0;
    std::optional<VisitCursor> cursor;
    while (true) {
      const auto page = store.Scan(day, cursor, 7);
      REQUIRE_OK(page);
      seen += page->size();
      if (page->size() < 7) break;
      const auto& last = page->back();
      cursor = VisitCursor{last.venue, last.hour, last.id};
    }

    CHECK(seen == 30);
  }

  SECTION("a day that was dropped is gone, and only that day") {
    auto tomorrow = TestVisit(2);
    tomorrow.day = day + 1;
    REQUIRE_OK(store.EnsureDay(day + 1));
    REQUIRE_OK(store.EnsureDay(day + 1));
    REQUIRE_OK(store.Insert({TestVisit(1), tomorrow}));

    REQUIRE_OK(store.DropDay(day));
    REQUIRE_OK(store.DropDay(day));

    const auto days = store.Days();
    REQUIRE_OK(days);
    CHECK(*days == std::vector<Day>{day + 1});
    const auto left = store.Read({VenueNumber(1), day + 1, kAllHours}, std::nullopt, 10);
    REQUIRE_OK(left);
    CHECK(left->size() == 1);
  }
}

}  // namespace oshirase::checkin

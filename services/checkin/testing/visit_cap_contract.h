// The cases every VisitCap passes. `cap` must be empty.
#pragma once

#include <catch2/catch.hpp>

#include "services/checkin/domain/visit_cap.h"
#include "services/checkin/testing/visits.h"
#include "tests/support/status_matchers.h"

namespace oshirase::checkin {

inline Admission TestAdmission(uint32_t person, uint32_t event, Day day = TestDay()) {
  return {.day = day, .person = VisitNumber(person), .event = VisitNumber(event)};
}

inline void CheckVisitCapContract(VisitCap& cap) {
  SECTION("the twenty-first visit of a person and day is not admitted") {
    std::vector<Admission> admissions;
    for (uint32_t event = 0; event < 21; ++event) admissions.push_back(TestAdmission(1, event));

    const auto admitted = cap.Admit(admissions);

    REQUIRE_OK(admitted);
    for (size_t i = 0; i < 20; ++i) CHECK((*admitted)[i]);
    CHECK_FALSE((*admitted)[20]);
  }

  SECTION("an event already counted is admitted again at the cap") {
    for (uint32_t event = 0; event < 20; ++event) REQUIRE_OK(cap.Admit({TestAdmission(1, event)}));

    const auto again = cap.Admit({TestAdmission(1, 7), TestAdmission(1, 77)});

    REQUIRE_OK(again);
    CHECK(*again == std::vector<bool>{true, false});
  }

  SECTION("other people and other days have room of their own") {
    for (uint32_t event = 0; event < 20; ++event) REQUIRE_OK(cap.Admit({TestAdmission(1, event)}));

    const auto others = cap.Admit({TestAdmission(2, 100), TestAdmission(1, 101, TestDay() + 1)});

    REQUIRE_OK(others);
    CHECK(*others == std::vector<bool>{true, true});
  }
}

}  // namespace oshirase::checkin

// Visits for tests: small numbers become ids, venues and days.
#pragma once

#include <cstdint>
#include <string>

#include "services/checkin/domain/visit.h"

namespace oshirase::checkin {

inline VenueId VenueNumber(uint8_t n) {
  VenueId venue{};
  venue[15] = n;
  return venue;
}

inline VisitId VisitNumber(uint32_t n) {
  VisitId id{};
  for (size_t i = 0; i < 4; ++i) id[15 - i] = static_cast<uint8_t>(n >> (8 * i));
  return id;
}

// Midday in Japan on the day that the tests of check-in call today.
inline absl::Time TestNow() { return StartOf(Day{18400}) + absl::Hours(12); }
inline Day TestDay() { return DayOf(TestNow()); }

inline Visit TestVisit(uint32_t number, uint8_t venue = 1, int hour = 12) {
  return {.id = VisitNumber(number),
          .day = TestDay(),
          .hour = hour,
          .venue = VenueNumber(venue),
          .sealed = "sealed " + std::to_string(number)};
}

}  // namespace oshirase::checkin

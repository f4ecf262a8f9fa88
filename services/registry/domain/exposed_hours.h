// Which hours of a venue must be opened to find everyone exposed in a window, and no others.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "absl/time/time.h"
#include "common/time/japan_time.h"
#include "services/registry/domain/statement.h"

namespace oshirase::registry {

// The longest a visit lasts: people who never say "I left" are taken to have gone by then.
inline constexpr absl::Duration kMaxVisit = absl::Hours(12);

struct HourOfDay {
  Day day{};
  int hour = 0;  // 0 to 23, Japan time

  friend auto operator<=>(const HourOfDay&, const HourOfDay&) = default;
};

// The hours that an exposed visit can have begun in: from kMaxVisit before the window (or the
// stay, if that is longer) to its end and the linger. Sorted, without gaps.
std::vector<HourOfDay> ExposedHours(const Exposure& exposure);

// The hours of all exposures by venue, each once.
std::map<VenueId, std::set<HourOfDay>> ExposedHoursByVenue(const Statement& statement);

// When the last hour of the statement's exposures is over.
absl::Time EndOfLastHour(const Statement& statement);

}  // namespace oshirase::registry

#include "services/registry/domain/exposed_hours.h"

#include <algorithm>

namespace oshirase::registry {
namespace {

// Exposed means an overlap of at least one second, so nobody's visit begins later than this.
absl::Time LastStart(const Exposure& exposure) {
  return exposure.to + exposure.linger - absl::Seconds(1);
}

// Japan is whole hours from UTC and both have no leap seconds here, so hours are UTC's.
absl::Time StartOfHour(absl::Time time) {
  return absl::FromUnixSeconds(absl::ToUnixSeconds(time) / 3600 * 3600);
}

}  // namespace

std::vector<HourOfDay> ExposedHours(const Exposure& exposure) {
  std::vector<HourOfDay> hours;
  const absl::Time last = LastStart(exposure);
  for (absl::Time hour = StartOfHour(exposure.from - std::max(kMaxVisit, exposure.stay));
       hour <= last; hour += absl::Hours(1)) {
    hours.push_back({.day = DayOf(hour), .hour = HourOf(hour)});
  }
  return hours;
}

std::map<VenueId, std::set<HourOfDay>> ExposedHoursByVenue(const Statement& statement) {
  std::map<VenueId, std::set<HourOfDay>> result;
  for (const auto& exposure : statement.exposures) {
    const auto hours = ExposedHours(exposure);
    result[exposure.venue_id].insert(hours.begin(), hours.end());
  }
  return result;
}

absl::Time EndOfLastHour(const Statement& statement) {
  absl::Time end = absl::InfinitePast();
  for (const auto& exposure : statement.exposures) {
    end = std::max(end, StartOfHour(LastStart(exposure)) + absl::Hours(1));
  }
  return end;
}

}  // namespace oshirase::registry

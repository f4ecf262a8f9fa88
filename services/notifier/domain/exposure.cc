#include "services/notifier/domain/exposure.h"

#include <algorithm>
#include <map>
#include <utility>

namespace oshirase::notifier {
namespace {

constexpr absl::Duration kHour = absl::Hours(1);

// Japan's offset is whole hours, so an hour of Japan's clock begins at an hour of Unix time.
absl::Time FloorToHour(absl::Time time) {
  return absl::UnixEpoch() + absl::Floor(time - absl::UnixEpoch(), kHour);
}

absl::Time EndOfVisit(const VisitTimes& visit, const Exposure& exposure) {
  absl::Time end = visit.left.has_value() ? std::min(*visit.left, visit.scan + kLongestStay)
                                          : visit.scan + exposure.stay;
  if (exposure.event_end.has_value()) end = std::min(end, *exposure.event_end);
  return end;
}

}  // namespace

bool IsExposed(const VisitTimes& visit, const Exposure& exposure) {
  const absl::Time begin = std::max(visit.scan, exposure.from);
  const absl::Time end = std::min(EndOfVisit(visit, exposure), exposure.to + exposure.linger);
  return end - begin >= kLeastOverlap;
}

std::vector<VenueDayHours> HoursToOpen(const Exposure& exposure) {
  std::vector<VenueDayHours> result;
  const absl::Time last = exposure.to + exposure.linger - kLeastOverlap;
  const absl::Time first = exposure.from - std::max(kLongestStay, exposure.stay);
  for (absl::Time hour = FloorToHour(first); hour <= last; hour += kHour) {
    const Day day = DayOf(hour);
    if (result.empty() || result.back().day != day) result.push_back({exposure.venue_id, day, 0});
    result.back().hours |= 1U << static_cast<unsigned>(HourOf(hour));
  }
  return result;
}

std::vector<VenueDayHours> HoursToOpen(const std::vector<Exposure>& exposures) {
  std::map<std::pair<VenueId, Day>, uint32_t> merged;
  for (const Exposure& exposure : exposures) {
    for (const VenueDayHours& part : HoursToOpen(exposure)) {
      merged[{part.venue_id, part.day}] |= part.hours;
    }
  }
  std::vector<VenueDayHours> result;
  result.reserve(merged.size());
  for (const auto& [key, hours] : merged) result.push_back({key.first, key.second, hours});
  return result;
}

}  // namespace oshirase::notifier

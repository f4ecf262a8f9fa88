// When is someone exposed, and which hours must be opened to find out: the two rules everything
// else serves. Pure functions of what the officers signed and of the visit itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/time/japan_time.h"

namespace oshirase::notifier {

// Limits of what may be signed; the registry holds to the same ones.
inline constexpr absl::Duration kLongestStay = absl::Hours(12);
inline constexpr absl::Duration kShortestStay = absl::Minutes(1);
inline constexpr absl::Duration kLongestLinger = absl::Hours(3);
inline constexpr absl::Duration kLongestWindow = absl::Hours(24);

// The least overlap that counts.
inline constexpr absl::Duration kLeastOverlap = absl::Seconds(1);

// A venue, a UUID in its 36 character form.
struct VenueId {
  std::string value;

  friend bool operator==(const VenueId&, const VenueId&) = default;
  friend auto operator<=>(const VenueId&, const VenueId&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const VenueId& id) {
    return H::combine(std::move(state), id.value);
  }
};

// A venue and the time [from, to + linger) in which an infectious person's traces were there.
struct Exposure {
  VenueId venue_id;
  absl::Time from;
  absl::Time to;
  // How long a visitor who did not say "I left" is taken to have stayed.
  absl::Duration stay;
  absl::Duration linger;
  // Nobody stays beyond the end of an event.
  std::optional<absl::Time> event_end;
};

// What a visit says of itself.
struct VisitTimes {
  absl::Time scan;
  // When the visitor said "I left".
  std::optional<absl::Time> left;
};

// Whether a visit to the exposure's venue overlaps it by at least a second. The visit is
// [scan, end): end is "I left", at most 12 h after the scan, else scan + stay, never beyond the
// event's end.
bool IsExposed(const VisitTimes& visit, const Exposure& exposure);

// Hours of one venue and day, as a bit set: bit 0 is 00:00 to 01:00 in Japan.
struct VenueDayHours {
  VenueId venue_id;
  Day day{};
  uint32_t hours = 0;

  friend bool operator==(const VenueDayHours&, const VenueDayHours&) = default;
};

// The hours in which an exposed visit can have begun: from 12 h (the longest stay) before `from` to
// the last second before `to + linger`. In order of time.
std::vector<VenueDayHours> HoursToOpen(const Exposure& exposure);

// Those of all exposures together: each venue and day once, ordered by venue and day.
std::vector<VenueDayHours> HoursToOpen(const std::vector<Exposure>& exposures);

}  // namespace oshirase::notifier

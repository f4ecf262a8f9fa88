// Where a page of venues ends, and how the next request says so. Venues are paged by the time of
// their registration, newest first.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

struct VenueCursor {
  absl::Time create_time;
  VenueId venue_id;
};

// The token of the page after `venue`.
std::string TokenAfter(const Venue& venue);

// Nothing for the empty token of the first page. Returns PAGE_TOKEN_INVALID.
absl::StatusOr<std::optional<VenueCursor>> CursorOf(const std::string& token);

}  // namespace oshirase::registry

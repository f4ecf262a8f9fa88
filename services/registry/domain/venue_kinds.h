// The kinds of venue and how long people usually stay there: the one table of both.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace oshirase::registry {

struct VenueKind {
  std::string_view word;
  absl::Duration stay;
};

// The kind of an event with dates; no other kind has them.
inline constexpr std::string_view kEventKind = "event";

// Every kind.
std::span<const VenueKind> VenueKinds();

// The kind called `word`, or null.
const VenueKind* FindVenueKind(std::string_view word);

}  // namespace oshirase::registry

#include "services/registry/domain/venue_kinds.h"

#include <algorithm>
#include <array>

namespace oshirase::registry {
namespace {

// An event's stay is its own end; 12 hours is the most a visit can last anywhere.
constexpr std::array kKinds{
    VenueKind{"restaurant", absl::Hours(2)}, VenueKind{"bar", absl::Hours(3)},
    VenueKind{"livehouse", absl::Hours(3)},  VenueKind{"cinema", absl::Hours(3)},
    VenueKind{"karaoke", absl::Hours(3)},    VenueKind{"gym", absl::Hours(2)},
    VenueKind{"shop", absl::Hours(1)},       VenueKind{"supermarket", absl::Hours(1)},
    VenueKind{"hotel", absl::Hours(12)},     VenueKind{"beauty", absl::Hours(2)},
    VenueKind{"bath", absl::Hours(2)},       VenueKind{"museum", absl::Hours(2)},
    VenueKind{"library", absl::Hours(3)},    VenueKind{"school", absl::Hours(4)},
    VenueKind{kEventKind, absl::Hours(12)},  VenueKind{"sports", absl::Hours(3)},
    VenueKind{"amusement", absl::Hours(4)},  VenueKind{"transport", absl::Hours(1)},
    VenueKind{"clinic", absl::Hours(2)},     VenueKind{"office", absl::Hours(4)},
};

}  // namespace

std::span<const VenueKind> VenueKinds() { return kKinds; }

const VenueKind* FindVenueKind(std::string_view word) {
  const auto* const found = std::find_if(kKinds.begin(), kKinds.end(),
                                         [&](const auto& kind) { return kind.word == word; });
  return found == kKinds.end() ? nullptr : found;
}

}  // namespace oshirase::registry

#include "services/registry/domain/venue.h"

namespace oshirase::registry {

const char* NameOf(VenueState state) {
  switch (state) {
    case VenueState::kOpen:
      return "open";
    case VenueState::kClosed:
      return "closed";
    case VenueState::kSuspended:
      return "suspended";
  }
  return "";
}

}  // namespace oshirase::registry

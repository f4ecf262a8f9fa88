// Where a venue's printed address leads whoever has no LINE at hand: it names the venue, and opens
// the chat in which a visit is recorded. Nothing is recorded here.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/time/clock.h"
#include "services/gateway/http/router.h"
#include "services/gateway/venues/venue_cache.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class CheckInHandler {
 public:
  struct Parts {
    VenueCache& venues;
    const Renderer& renderer;
    Clock clock;
  };

  // The parts must outlive this.
  CheckInHandler(Parts parts, std::string bot_basic_id)
      : parts_(std::move(parts)), bot_basic_id_(std::move(bot_basic_id)) {}

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  HttpResponse Show(const HttpRequest& request) const;
  HttpResponse ShowMissing(const HttpRequest& request, bool mistyped) const;

  const Parts parts_;
  const std::string bot_basic_id_;
};

}  // namespace oshirase::gateway

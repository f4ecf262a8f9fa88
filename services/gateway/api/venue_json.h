// Venues as the API has them: what a program may tell of one, and what it is shown.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/gateway/api/problem.h"
#include "services/gateway/backends/business_client.h"

namespace oshirase::gateway {

// Where a venue's links lead.
struct LinkBases {
  std::string public_url;    // Without a path.
  std::string bot_basic_id;  // "@oshirase"
};

// Reads what `object`, at `pointer` of the body, tells of a venue, and adds to `places` what is
// wrong with its shape; whether the venue itself is right, the registry says. What only the service
// decides (venue_id, venue_code, ...) is skipped, so that a venue may be sent back as it was read.
VenueDetails ReadVenue(const nlohmann::json& object, const std::string& pointer,
                       std::vector<ProblemPlace>& places);

// The same for a registration that waits for its mailbox: with its e-mail address, and no room.
VenueDetails ReadRegistration(const nlohmann::json& object, std::vector<ProblemPlace>& places);

// What the business told, member by member as ReadVenue() takes it.
nlohmann::ordered_json DetailsJson(const VenueDetails& details);

// The venue whole.
nlohmann::ordered_json VenueJson(const OwnVenue& venue, const LinkBases& bases);

// What makes two requests about a venue the same request.
std::string FingerprintOf(const VenueDetails& details);

// Japan time, as RFC 3339 writes it: "2020-12-01T10:00:00+09:00".
std::string TimeText(absl::Time time);

}  // namespace oshirase::gateway

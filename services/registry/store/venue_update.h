// Rewriting what is told of a venue, inside the caller's transaction.
#pragma once

#include <pqxx/pqxx>

#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// Stores `details`, all but `drill`, with their search copy, as the venue's next revision. Throws
// what libpqxx throws.
void UpdateDetails(pqxx::work& tx, const VenueId& id, const VenueDetails& details);

}  // namespace oshirase::registry

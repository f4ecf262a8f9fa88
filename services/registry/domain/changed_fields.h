// Names what a change of a venue's details is about, for its history: never the values.
#pragma once

#include <string>
#include <vector>

#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// The fields of VenueDetails in which the two differ, named as in the proto.
std::vector<std::string> ChangedFields(const VenueDetails& before, const VenueDetails& after);

}  // namespace oshirase::registry

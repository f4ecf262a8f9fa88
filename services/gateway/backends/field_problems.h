// Which fields of a venue the registry refused, as its status tells.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace oshirase::gateway {

// The names of the members of VenueDetails that `status` complains about ("postal_code"), each
// once; none when it is about something else.
std::vector<std::string> FieldProblemsOf(const absl::Status& status);

}  // namespace oshirase::gateway

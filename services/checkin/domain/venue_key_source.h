// Where the public outer keys of venues come from: the registry.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/checkin/domain/visit.h"

namespace oshirase::checkin {

// Thread-safe.
class VenueKeySource {
 public:
  virtual ~VenueKeySource() = default;

  // The 24 public keys (768 bytes) of each venue on `day`, in order; at most 64 venues. They never
  // change. Returns UNAVAILABLE or DEADLINE_EXCEEDED when the registry cannot be reached, and
  // FAILED_PRECONDITION or OUT_OF_RANGE when the day has no keys.
  virtual absl::StatusOr<std::vector<std::string>> Fetch(Day day,
                                                         const std::vector<VenueId>& venues) = 0;
};

}  // namespace oshirase::checkin

// Storing a venue under a code that nobody has.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/ids/venue_code.h"
#include "common/status/errors.h"

namespace oshirase::registry {

// Calls `store_with(code)`, which returns a StatusOr, with fresh codes until one is not taken:
// until it returns anything but ALREADY_EXISTS without a reason. Two of the 2^80 codes meet
// practically never; trying anew is still cheaper than explaining.
template <typename StoreWith>
auto WithFreshCode(StoreWith store_with) {
  constexpr int kAttempts = 3;
  for (int attempt = 1;; ++attempt) {
    auto stored = store_with(ids::NewVenueCode().value);
    if (!absl::IsAlreadyExists(stored.status()) || !ReasonOf(stored.status()).empty() ||
        attempt == kAttempts) {
      return stored;
    }
  }
}

}  // namespace oshirase::registry

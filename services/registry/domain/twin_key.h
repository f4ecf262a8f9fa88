// Tells when one business registers one place a second time.
//
// A second entry has a second code: an officer who finds and names only one of them would leave out
// the people who scanned the other. So a place is registered once, whatever the widths, cases and
// spaces it is typed with. Rooms of one venue, and one event on other dates, are places of their
// own.
#pragma once

#include "common/crypto/officer_signature.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// Equal for two venues of one business that are the same: SHA-256 of name, municipality and address
// (folded), parent, and start of an event.
crypto::Digest TwinKeyOf(const VenueDetails& details);

}  // namespace oshirase::registry

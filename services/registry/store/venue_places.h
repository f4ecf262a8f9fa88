// Whose a venue is, and whether it may stand where it says: what the stores of venues ask before
// they write. Everything here works inside the caller's transaction and throws what libpqxx throws.
#pragma once

#include <optional>
#include <pqxx/pqxx>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/venue_addition.h"

namespace oshirase::registry {

// Finds the business of a mailbox, or makes it, and gives it the venues that older versions
// registered from there. To the end of `tx` nobody else adds venues to it.
BusinessId LockBusinessOf(pqxx::work& tx, const std::string& email, absl::Time now);

// The same lock for a business that exists.
void LockBusiness(pqxx::work& tx, const BusinessId& id);

// OK when the venues are new to the business and their parents fit; the business is locked.
// Returns VENUE_ALREADY_REGISTERED (unless allowed), PARENT_UNFIT.
absl::Status CheckPlaces(pqxx::work& tx, const BusinessId& business_id,
                         std::span<const VenueAddition> additions);

// A venue of the business with that place which is not closed, if there is one.
std::optional<VenueId> FindTwin(pqxx::work& tx, const BusinessId& business_id,
                                const VenueDetails& details);

// OK when the parent among the details, if there is one, fits the venue. Returns PARENT_UNFIT.
absl::Status CheckParent(pqxx::work& tx, const BusinessId& business_id, const VenueId& venue_id,
                         const VenueDetails& details);

// Whether other venues are rooms of this one.
bool HasRooms(pqxx::work& tx, const VenueId& venue_id);

// As CheckPlaces(), for a venue that is to become one with these details.
absl::Status CheckPlace(pqxx::work& tx, const BusinessId& business_id, const VenueId& venue_id,
                        const VenueDetails& details);

}  // namespace oshirase::registry

// What a business does with its venues once it is in: look, add, change, replace the code, close.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/catalogue/catalogue.h"
#include "common/time/clock.h"
#include "services/registry/domain/business_store.h"
#include "services/registry/domain/certificate_maker.h"
#include "services/registry/domain/field_violation.h"
#include "services/registry/domain/own_venue_store.h"
#include "services/registry/domain/venue_store.h"

namespace oshirase::registry {

struct OwnVenuePage {
  std::vector<OwnVenue> venues;
  std::string next_page_token;  // empty on the last page
};

struct UpdateRequest {
  std::string request_id;
  VenueId venue_id;
  int revision = 0;
  VenueDetails details;
};

// What it works on. All must outlive it.
struct VenueKeeperParts {
  BusinessStore& businesses;
  OwnVenueStore& own_venues;
  VenueStore& venues;
  const catalogue::Catalogue& catalogue;
  const CertificateMaker& certificates;
  Clock clock;
};

// Thread-safe. A venue of another business is VENUE_NOT_FOUND. Every method returns UNAVAILABLE
// when the database cannot be reached.
class VenueKeeper {
 public:
  explicit VenueKeeper(VenueKeeperParts parts) : parts_(std::move(parts)) {}

  // The business itself.
  absl::StatusOr<Business> GetBusiness(const Holder& holder);

  absl::StatusOr<OwnVenue> Get(const Holder& holder, const VenueId& id);

  // Newest first. Returns PAGE_TOKEN_INVALID.
  absl::StatusOr<OwnVenuePage> List(const Holder& holder, int page_size,
                                    const std::string& page_token);

  // Registers a further venue; its certificate is mailed. Idempotent in `request_id`.
  // Returns VENUE_INVALID and fills `violations`; REQUEST_ID_REUSED.
  absl::StatusOr<OwnVenue> Add(const Holder& holder, const std::string& request_id,
                               VenueDetails details, FieldViolations& violations);

  // Changes details; where the sheet changes by it, issues and mails the next certificate.
  // Idempotent in the request id. Returns VENUE_INVALID and fills `violations`; VENUE_CHANGED;
  // REQUEST_ID_REUSED.
  absl::StatusOr<UpdatedVenue> Update(const Holder& holder, UpdateRequest request,
                                      FieldViolations& violations);

  // As Registrar::ReplaceCode.
  absl::StatusOr<OwnVenue> ReplaceCode(const Holder& holder, const VenueId& id,
                                       const std::string& request_id, absl::Duration grace);

  // Closes a venue, or opens a closed one. Idempotent. Returns VENUE_SUSPENDED.
  absl::StatusOr<OwnVenue> SetState(const Holder& holder, const VenueId& id, VenueState state);

 private:
  const VenueKeeperParts parts_;
};

}  // namespace oshirase::registry

// The register of venues: registering, finding by code, replacing a code.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/catalogue/catalogue.h"
#include "common/time/clock.h"
#include "services/registry/domain/certificate_maker.h"
#include "services/registry/domain/field_violation.h"
#include "services/registry/domain/venue.h"
#include "services/registry/domain/venue_store.h"

namespace oshirase::registry {

// Thread-safe. Ids given to it are UUIDs; `actor` is as in AuditNote. Every method returns
// UNAVAILABLE when the database cannot be reached.
class Registrar {
 public:
  static constexpr absl::Duration kMaxGrace = absl::Hours(24 * 30);

  // All must outlive the registrar.
  Registrar(VenueStore& venues, const catalogue::Catalogue& catalogue,
            const CertificateMaker& certificates, Clock clock);

  // Registers a venue under the business of its e-mail address, without a mail, and issues its code
  // and first certificate. The same place may be registered again. Idempotent in `request_id`.
  // Returns VENUE_INVALID and fills `violations` when the details are not right.
  absl::StatusOr<Venue> Register(const std::string& request_id, VenueDetails details,
                                 const std::string& actor, FieldViolations& violations);

  // The venue behind a code as a phone or a person gave it, whatever its state.
  // Returns VENUE_CODE_MISTYPED or VENUE_CODE_UNKNOWN.
  absl::StatusOr<Venue> LookupCode(const std::string& text);

  // Those of `ids` that exist.
  absl::StatusOr<std::vector<Venue>> BatchGet(const std::vector<VenueId>& ids);

  // Gives the venue a new code; older ones stop after `grace`, 0 to kMaxGrace. Idempotent in
  // `request_id`. Returns VENUE_NOT_FOUND.
  absl::StatusOr<Venue> ReplaceCode(const VenueId& id, const std::string& request_id,
                                    absl::Duration grace, const std::string& actor);

 private:
  VenueStore& venues_;
  const catalogue::Catalogue& catalogue_;
  const CertificateMaker& certificates_;
  const Clock clock_;
};

}  // namespace oshirase::registry

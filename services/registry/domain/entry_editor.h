// The register desk's pen: corrects entries, and registers venues for businesses that cannot.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/catalogue/catalogue.h"
#include "common/time/clock.h"
#include "services/registry/domain/certificate_maker.h"
#include "services/registry/domain/decision_store.h"
#include "services/registry/domain/field_violation.h"
#include "services/registry/domain/register_store.h"
#include "services/registry/domain/venue_store.h"

namespace oshirase::registry {

struct CorrectionRequest {
  std::string request_id;
  VenueId venue_id;
  int revision = 0;
  VenueDetails details;
  std::string reason;
  std::string actor;
};

struct OnBehalfRequest {
  std::string request_id;
  VenueDetails details;
  std::string reason;  // on what ground
  std::string actor;
};

// What it works on. All must outlive it.
struct EntryEditorParts {
  RegisterStore& entries;
  DecisionStore& decisions;
  VenueStore& venues;
  const catalogue::Catalogue& catalogue;
  const CertificateMaker& certificates;
  Clock clock;
};

// The entry as stored, or nothing. Returns UNAVAILABLE.
absl::StatusOr<RegisterEntry> ReadEntry(RegisterStore& entries, const VenueId& id);

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached.
class EntryEditor {
 public:
  explicit EntryEditor(EntryEditorParts parts) : parts_(std::move(parts)) {}

  // Corrects details, all but `drill`; where the sheet changes by it, issues and mails the next
  // certificate, but never after a withdrawal. Idempotent in the request id.
  // Returns VENUE_INVALID and fills `violations`; VENUE_NOT_FOUND, VENUE_CHANGED,
  // REQUEST_ID_REUSED.
  absl::StatusOr<RegisterEntry> Correct(CorrectionRequest request, FieldViolations& violations);

  // Registers a venue under the business of its mailbox, made if need be, and mails it its
  // certificate. The same place may be registered again. Idempotent in the request id.
  // Returns VENUE_INVALID and fills `violations`; REQUEST_ID_REUSED.
  absl::StatusOr<RegisterEntry> RegisterOnBehalf(OnBehalfRequest request,
                                                 FieldViolations& violations);

 private:
  const EntryEditorParts parts_;
};

}  // namespace oshirase::registry

// Runs in which every open venue gets its next certificate. Implemented by PostgresReissueStore,
// and by a fake for tests; both pass the cases in testing/reissue_store_contract.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/certificate.h"
#include "services/registry/domain/outgoing_mail.h"
#include "services/registry/domain/own_venue_store.h"

namespace oshirase::registry {

struct ReissueRun {
  std::string id;  // a UUID
  std::string reason;
  bool mail = false;
  absl::Time create_time;  // venues registered later are not part of it
};

struct ReissueProgress {
  int64_t done = 0;
  int64_t total = 0;
};

// The next certificate of one venue.
struct NextCertificate {
  int revision = 0;  // of the venue as the certificate says it
  IssuedCertificate certificate;
  std::optional<OutgoingMail> mail;
};

struct ReissueBatch {
  std::string run_id;
  std::vector<NextCertificate> certificates;
  absl::Time now;
  AuditNote note;
};

struct BatchResult {
  int64_t done = 0;      // of the whole run, other callers' included
  int64_t left_out = 0;  // of the batch: changed since they were read, and still to be done
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached, with reason
// COMMIT_IN_DOUBT when a write may have happened; calling again is safe.
class ReissueStore {
 public:
  virtual ~ReissueStore() = default;

  // Begins a run, or finds the one with this id, and returns it as it was begun. Audited.
  // Returns REQUEST_ID_REUSED when it has another reason, or mails where this one does not.
  virtual absl::StatusOr<ReissueRun> Begin(const ReissueRun& run, const AuditNote& note) = 0;

  // How many of its venues are done, and how many are or can be.
  virtual absl::StatusOr<ReissueProgress> Progress(const ReissueRun& run) = 0;

  // Up to `limit` venues still to be done, in the order of their ids, after `after`: open ones
  // whose newest certificate is not withdrawn.
  virtual absl::StatusOr<std::vector<OwnVenue>> Next(const ReissueRun& run,
                                                     const std::optional<VenueId>& after,
                                                     int limit) = 0;

  // Issues certificates, none to a venue that the run has done: all that are still the next ones of
  // open venues, with their history and mails and one audit entry, or nothing. A mail that can
  // never be sent is left out.
  virtual absl::StatusOr<BatchResult> Issue(const ReissueBatch& batch) = 0;
};

}  // namespace oshirase::registry

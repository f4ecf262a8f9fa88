// The venues of one business, with their certificates. Implemented by PostgresOwnVenueStore, and by
// a fake for tests; both pass the cases in testing/own_venue_store_contract.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/certificate.h"
#include "services/registry/domain/venue_addition.h"
#include "services/registry/domain/venue_cursor.h"

namespace oshirase::registry {

// A venue as its own business sees it.
struct OwnVenue {
  Venue venue;
  std::optional<IssuedCertificate> certificate;  // its newest; none for some old entries
  std::optional<absl::Time> old_code_end;        // when the last of its earlier codes ends or ended
  std::optional<absl::Time> inspect_time;        // when the prefecture last confirmed the measures
};

// A venue whose registration's link is used. The actor of its note is the business, which the store
// fills in.
struct LinkedAddition {
  TokenHash token_hash{};
  Session session;
  VenueAddition addition;
};

struct LinkedVenue {
  BusinessId business_id;
  VenueId venue_id;
  bool already_registered = false;  // the venue was there before
};

// New details of a venue.
struct VenueUpdate {
  VenueId venue_id;
  BusinessId business_id;
  std::string request_id;
  int revision = 0;  // the one the change starts from
  VenueDetails details;
  std::vector<std::string> fields;               // that change; none changes nothing
  std::optional<IssuedCertificate> certificate;  // the next one, where one is needed
  absl::Time now;
  AuditNote note;
  std::vector<OutgoingMail> mails;
};

struct UpdatedVenue {
  OwnVenue venue;
  bool certificate_issued = false;
};

// Venues that are registered together or not at all.
struct VenueBatch {
  std::string request_id;
  BusinessId business_id;
  std::vector<VenueAddition> additions;
  absl::Time now;
  AuditNote note;  // of the batch
  std::vector<OutgoingMail> mails;
};

// A venue opened or closed by its business.
struct OwnStateChange {
  VenueId venue_id;
  BusinessId business_id;
  VenueState state = VenueState::kOpen;
  absl::Time now;
  AuditNote note;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached, with reason
// COMMIT_IN_DOUBT when a write may have happened; calling again with the same request is safe.
// A venue of another business is VENUE_NOT_FOUND, or nothing.
class OwnVenueStore {
 public:
  virtual ~OwnVenueStore() = default;

  // Uses the link of a registration, once: registers its venue under the business of its e-mail
  // address, made if need be, and opens the session. Where that business has the same place (see
  // twin_key.h), registers nothing and tells which; the session is opened all the same.
  // Returns LINK_UNKNOWN, LINK_USED, LINK_EXPIRED; ALREADY_EXISTS when the venue code is taken.
  virtual absl::StatusOr<LinkedVenue> AddByLink(const LinkedAddition& linked) = 0;

  // Changes a venue's details and, with a certificate, supersedes the one before. A repeated
  // request id changes nothing. Returns VENUE_NOT_FOUND, VENUE_CHANGED when the revision or the
  // certificate is not the next one, VENUE_ALREADY_REGISTERED, PARENT_UNFIT, REQUEST_ID_REUSED.
  virtual absl::StatusOr<UpdatedVenue> Update(const VenueUpdate& update) = 0;

  // Registers all venues, or none. Returns how many; for a repeated request id, how many it were.
  // Returns REQUEST_ID_REUSED; ALREADY_EXISTS when a code is taken; VENUE_ALREADY_REGISTERED when
  // FindTwins() would now tell one; PARENT_UNFIT.
  virtual absl::StatusOr<int> AddBatch(const VenueBatch& batch) = 0;

  // How many venues that request registered; nothing when it registered none.
  // Returns REQUEST_ID_REUSED when it is another business's.
  virtual absl::StatusOr<std::optional<int>> FindBatch(const std::string& request_id,
                                                       const BusinessId& business_id) = 0;

  // Those of `keys` that venues of the business which are not closed have (see twin_key.h).
  virtual absl::StatusOr<std::vector<crypto::Digest>> FindTwins(
      const BusinessId& business_id, const std::vector<crypto::Digest>& keys) = 0;

  // Opens or closes a venue. Idempotent. Returns VENUE_NOT_FOUND, VENUE_SUSPENDED.
  virtual absl::StatusOr<OwnVenue> SetOwnState(const OwnStateChange& change) = 0;

  // The venue; nothing for a venue of nobody and of another business.
  virtual absl::StatusOr<std::optional<OwnVenue>> Find(const VenueId& id,
                                                       const BusinessId& business_id) = 0;

  // The venue of a certificate, and that certificate whether it still holds or not.
  virtual absl::StatusOr<std::optional<OwnVenue>> FindByCertificate(const std::string& number) = 0;

  // Up to `limit` venues of the business, newest first, after `after`.
  virtual absl::StatusOr<std::vector<OwnVenue>> List(const BusinessId& business_id,
                                                     const std::optional<VenueCursor>& after,
                                                     int limit) = 0;
};

}  // namespace oshirase::registry

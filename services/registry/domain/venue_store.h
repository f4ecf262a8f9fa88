// Where venues and their codes are kept. Implemented by PostgresVenueStore, and by a fake for
// tests; both pass the cases in testing/venue_store_contract.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/search_copy.h"
#include "services/registry/domain/venue.h"
#include "services/registry/domain/venue_addition.h"

namespace oshirase::registry {

// A search: all words must be contained; see text.h for how both sides are folded.
struct VenueQuery {
  std::vector<std::string> words;  // folded, at least one
  std::string whole;               // the words joined: what a name is compared with for ranking
  int64_t offset = 0;              // so many of the best matches are passed over
  int limit = 0;
};

struct CodeReplacement {
  VenueId venue_id;
  std::string request_id;
  std::string new_code;
  absl::Time now;
  absl::Duration grace;  // how long older codes go on working
};

// A venue opened, closed or suspended by the prefecture.
struct StateChange {
  VenueId venue_id;
  VenueState state = VenueState::kOpen;
  absl::Time now;
  AuditNote note;
  std::vector<OutgoingMail> mails = {};
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached, with reason
// COMMIT_IN_DOUBT when a write may have happened; calling again with the same request is safe.
class VenueStore {
 public:
  virtual ~VenueStore() = default;

  // Stores a venue with its code, certificate, search copy, history, mails and audit entry. A
  // repeated request id returns the venue stored the first time and changes nothing.
  // Returns ALREADY_EXISTS when the code is taken, REQUEST_ID_REUSED when the request id is another
  // business's or replaced a code, VENUE_ALREADY_REGISTERED, PARENT_UNFIT.
  virtual absl::StatusOr<Venue> Insert(const VenueAddition& addition) = 0;

  // The venue whose code `code` is, or was and is still in its grace at `now`.
  virtual absl::StatusOr<std::optional<Venue>> FindByCode(const std::string& code,
                                                          absl::Time now) = 0;

  // The venue whose code `code` is or ever was: for officers, who may hold an old photo.
  virtual absl::StatusOr<std::optional<Venue>> FindByAnyCode(const std::string& code) = 0;

  // Those of `ids` that exist, in no particular order. Every id must be a UUID.
  virtual absl::StatusOr<std::vector<Venue>> BatchGet(const std::vector<VenueId>& ids) = 0;

  // Best match first: the same name, a name that begins with the query, one that contains it, the
  // rest; then by name and id.
  virtual absl::StatusOr<std::vector<Venue>> Search(const VenueQuery& query) = 0;

  // Gives the venue a new code and ends every older one at `now + grace` at the latest. A repeated
  // request id changes nothing and returns the venue as it is.
  // Returns VENUE_NOT_FOUND; ALREADY_EXISTS when the code is taken; REQUEST_ID_REUSED when the
  // request id belongs to another venue.
  virtual absl::StatusOr<Venue> ReplaceCode(const CodeReplacement& replacement,
                                            const AuditNote& note) = 0;

  // Sets the state, with its line of history and its mails. A state that the venue has already is
  // only audited, with a fact `repeated`. Returns VENUE_NOT_FOUND.
  virtual absl::StatusOr<Venue> SetState(const StateChange& change) = 0;
};

}  // namespace oshirase::registry

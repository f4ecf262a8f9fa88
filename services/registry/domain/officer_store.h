// Where officers, their keys and roles are kept. Implemented by PostgresOfficerStore, and by a fake
// for tests; both pass the cases in testing/officer_store_contract.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/officer.h"

namespace oshirase::registry {

struct Enrolment {
  std::string officer_id;
  Roles roles;
  crypto::VerifyKey key{};
  absl::Time now;
  // Do nothing when an officer who is not revoked has the role operate already.
  bool only_without_operator = false;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached, with reason
// COMMIT_IN_DOUBT when a write may have happened; calling again is safe.
class OfficerStore {
 public:
  virtual ~OfficerStore() = default;

  // The officer, active or revoked, or nothing.
  virtual absl::StatusOr<std::optional<Officer>> Find(const std::string& id) = 0;

  // Enrols a person, or adds the key and grants the roles from now on. Idempotent: a known key and
  // the roles held already add nothing. Returns nothing when `only_without_operator` held it back.
  // Returns OFFICER_REVOKED; OFFICER_KEY_TAKEN when the key is another person's: two identities
  // with one key would be one person signing twice.
  virtual absl::StatusOr<std::optional<Officer>> Enrol(const Enrolment& enrolment,
                                                       const AuditNote& note) = 0;

  // Revokes for good; the first time stays. Idempotent. Returns OFFICER_NOT_FOUND.
  virtual absl::StatusOr<Officer> Revoke(const std::string& id, absl::Time now,
                                         const AuditNote& note) = 0;

  // Up to `limit` officers with an id after `after`, by id.
  virtual absl::StatusOr<std::vector<Officer>> List(const std::string& after, int limit) = 0;
};

}  // namespace oshirase::registry

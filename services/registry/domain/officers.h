// Keeping the officers: who may enter, approve, audit, operate. Also answers the access policy.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/server/officer_directory.h"
#include "common/time/clock.h"
#include "services/registry/domain/officer_store.h"

namespace oshirase::registry {

struct EnrolRequest {
  std::string officer_id;
  Roles roles;
  std::string certificate_pem;
  std::string actor;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached.
class Officers final : public OfficerDirectory {
 public:
  // `store` must outlive it.
  Officers(OfficerStore& store, Clock clock);

  // Enrols a person, or gives an enrolled one a further certificate and new roles. Idempotent.
  // Returns OFFICER_INVALID when the certificate is not that person's, is not valid now, or no role
  // is given; OFFICER_REVOKED; OFFICER_KEY_TAKEN.
  absl::StatusOr<Officer> Enrol(const EnrolRequest& request);

  // Enrols the person of this certificate as operator unless there is an operator already: somebody
  // has to enrol the first one. Returns as Enrol does.
  absl::Status EnrolFirstOperator(const std::string& certificate_pem);

  // Revokes for good. Idempotent. Returns OFFICER_NOT_FOUND.
  absl::StatusOr<Officer> Revoke(const std::string& id, const std::string& reason,
                                 const std::string& actor);

  // Returns OFFICER_NOT_FOUND.
  absl::StatusOr<Officer> Get(const std::string& id);

  // Up to `limit` officers with an id after `after`.
  absl::StatusOr<std::vector<Officer>> List(const std::string& after, int limit);

  // Read from the store on each call, so a revocation acts on the next one.
  absl::StatusOr<Roles> RolesOf(const std::string& officer_id) override;

 private:
  OfficerStore& store_;
  const Clock clock_;
};

}  // namespace oshirase::registry

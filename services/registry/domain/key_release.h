// Releasing private outer keys: the one place where the registry's lock is opened, and only against
// two officers' signatures over exactly these bytes. The registry believes nobody else, the
// notifier least of all.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/registry/domain/audit_store.h"
#include "services/registry/domain/officer_store.h"
#include "services/registry/domain/outer_keys.h"
#include "services/registry/domain/release_rules.h"
#include "services/registry/domain/statement.h"
#include "services/registry/domain/statement_store.h"
#include "services/registry/domain/venue_store.h"

namespace oshirase::registry {

struct ReleaseRequest {
  std::string statement;  // the signed bytes
  std::vector<StatementSignature> signatures;
  std::string case_id;
  std::string actor;
};

struct ReleasedKeys {
  std::vector<ReleasedVenue> venues;
  absl::Time end_time;  // until when the same bytes are released again
};

struct VoidRequest {
  crypto::Digest digest{};
  StatementSignature signature;
  std::string actor;
};

// What a release needs. All must outlive the releaser.
struct ReleaseParts {
  VenueStore& venues;
  OfficerStore& officers;
  StatementStore& statements;
  AuditStore& audit;
  OuterKeys& keys;
  StatementReader read;
  Clock clock;
  // Told how each attempt ended: "granted", or the reason it was refused or failed for. May be
  // empty.
  std::function<void(const std::string& result)> on_result;
};

// Thread-safe.
class KeyReleaser {
 public:
  // The same bytes are released again at least this long.
  static constexpr absl::Duration kReleasedAgainFor = absl::Hours(24);

  explicit KeyReleaser(ReleaseParts parts);

  // Checks everything, commits the record and the audit entry, and only then returns keys. The same
  // bytes for the same case are released again until `end_time`, each time checked and audited.
  // Hours whose day's seed is lost, destroyed or was never made are left out, and their number is
  // in the audit entry.
  // Returns STATEMENT_INVALID; PERMISSION_DENIED with a reason of release_rules.h; DAY_KEY_LOST,
  // DAY_KEY_DESTROYED, DAY_NEVER_OPEN when no hour is left. These refusals are in the audit log
  // when it returns.
  // UNAVAILABLE and the like decide nothing: ask again.
  absl::StatusOr<ReleasedKeys> Release(const ReleaseRequest& request);

  // Makes a statement unreleasable for good, on an officer's signature with role reject.
  // Idempotent. Returns PERMISSION_DENIED with a reason of CheckSignature, SIGNATURE_ROLE_WRONG or
  // ROLE_MISSING.
  absl::Status Void(const VoidRequest& request);

 private:
  absl::StatusOr<ReleasedKeys> TryRelease(const ReleaseRequest& request,
                                          const crypto::Digest& digest);
  absl::Status TryVoid(const VoidRequest& request);
  absl::StatusOr<OfficersById> SignersOf(const std::vector<StatementSignature>& signatures);
  absl::Status CheckAgainstVenues(const Statement& statement);
  // Ends an attempt: a refusal is audited, and every result is told.
  absl::Status Conclude(const absl::Status& result, const AuditNote& refusal);

  const ReleaseParts parts_;
};

}  // namespace oshirase::registry

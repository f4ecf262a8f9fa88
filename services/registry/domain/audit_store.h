// The registry's audit log. Implemented by PostgresAuditStore, and by a fake for tests; both pass
// the cases in testing/audit_store_contract.h. What is done to venues, officers and statements is
// noted by their own stores, in the same transaction.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/audit/entry.h"
#include "services/registry/domain/audit_note.h"

namespace oshirase::registry {

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached.
class AuditStore {
 public:
  virtual ~AuditStore() = default;

  // Appends an entry for something that changed nothing: a search, or a refusal.
  // Returns INVALID_ARGUMENT, reason INVALID_AUDIT_ENTRY, when the note breaks the log's limits.
  virtual absl::Status Append(const AuditNote& note) = 0;

  // Up to `limit` entries with a seq above `after`, oldest first.
  virtual absl::StatusOr<std::vector<audit::ChainEntry>> List(int64_t after, int limit) = 0;
};

}  // namespace oshirase::registry

// What the registry remembers of statements: which case each was released for, until when, and
// which are void. Implemented by PostgresStatementStore, and by a fake for tests; both pass the
// cases in testing/statement_store_contract.h.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/officer_signature.h"
#include "services/registry/domain/audit_note.h"

namespace oshirase::registry {

// The first release of a statement.
struct ReleaseRecord {
  std::string case_id;
  absl::Time first_time;
  absl::Time end_time;  // the same bytes are released again before this
};

struct StatementRecord {
  std::optional<ReleaseRecord> release;  // nothing while never released
  std::optional<absl::Time> void_time;   // nothing while not void
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached, with reason
// COMMIT_IN_DOUBT when a write may have happened; calling again is safe.
class StatementStore {
 public:
  virtual ~StatementStore() = default;

  // What is known of the statement with this digest; an empty record when nothing is.
  virtual absl::StatusOr<StatementRecord> Find(const crypto::Digest& digest) = 0;

  // Records that the statement is released at `release.first_time` and returns the record of its
  // first release. The record and the audit entry are durable when this returns OK, and neither
  // exists otherwise. Also decides, against concurrent callers, what only the store can:
  // Returns STATEMENT_VOID, STATEMENT_OF_OTHER_CASE when it was released for another case or the
  // case has another statement, and STATEMENT_CLOSED when its end has come.
  virtual absl::StatusOr<ReleaseRecord> RecordRelease(const crypto::Digest& digest,
                                                      const ReleaseRecord& release,
                                                      const AuditNote& note) = 0;

  // Makes the statement unreleasable, whether it was released or not; the first time stays.
  // Idempotent.
  virtual absl::Status RecordVoid(const crypto::Digest& digest, absl::Time now,
                                  const AuditNote& note) = 0;
};

}  // namespace oshirase::registry

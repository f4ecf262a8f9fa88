// Released and void statements in Postgres, schema registry.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/registry/domain/statement_store.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresStatementStore final : public StatementStore {
 public:
  // Both must outlive it.
  PostgresStatementStore(postgres::Pool& pool, const audit::AuditLog& log)
      : pool_(pool), log_(log) {}

  absl::StatusOr<StatementRecord> Find(const crypto::Digest& digest) override;
  absl::StatusOr<ReleaseRecord> RecordRelease(const crypto::Digest& digest,
                                              const ReleaseRecord& release,
                                              const AuditNote& note) override;
  absl::Status RecordVoid(const crypto::Digest& digest, absl::Time now,
                          const AuditNote& note) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
};

}  // namespace oshirase::registry

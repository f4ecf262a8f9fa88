// The registry's audit log in Postgres.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/registry/domain/audit_store.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresAuditStore final : public AuditStore {
 public:
  // Both must outlive it.
  PostgresAuditStore(postgres::Pool& pool, const audit::AuditLog& log) : pool_(pool), log_(log) {}

  absl::Status Append(const AuditNote& note) override;
  absl::StatusOr<std::vector<audit::ChainEntry>> List(int64_t after, int limit) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
};

}  // namespace oshirase::registry

// AuditTrail over the chain in notifier.audit_entries.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/notifier/domain/audit_trail.h"

namespace oshirase::notifier {

// Thread-safe.
class PostgresAuditTrail final : public AuditTrail {
 public:
  // Both must outlive it.
  PostgresAuditTrail(postgres::Pool& pool, const audit::AuditLog& log) : pool_(pool), log_(log) {}

  absl::Status Append(const AuditEvent& event) override;
  absl::StatusOr<AuditPage> List(int64_t after, int limit) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
};

}  // namespace oshirase::notifier

// Officers, their keys and roles in Postgres, schema registry.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/registry/domain/officer_store.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresOfficerStore final : public OfficerStore {
 public:
  // Both must outlive it.
  PostgresOfficerStore(postgres::Pool& pool, const audit::AuditLog& log) : pool_(pool), log_(log) {}

  absl::StatusOr<std::optional<Officer>> Find(const std::string& id) override;
  absl::StatusOr<std::optional<Officer>> Enrol(const Enrolment& enrolment,
                                               const AuditNote& note) override;
  absl::StatusOr<Officer> Revoke(const std::string& id, absl::Time now,
                                 const AuditNote& note) override;
  absl::StatusOr<std::vector<Officer>> List(const std::string& after, int limit) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
};

}  // namespace oshirase::registry

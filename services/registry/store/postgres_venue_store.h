// Venues and their codes in Postgres, schema registry.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/registry/domain/venue_store.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresVenueStore final : public VenueStore {
 public:
  // Both must outlive it.
  PostgresVenueStore(postgres::Pool& pool, const audit::AuditLog& log) : pool_(pool), log_(log) {}

  absl::StatusOr<Venue> Insert(const Venue& venue, const std::string& request_id,
                               const AuditNote& note) override;
  absl::StatusOr<std::optional<Venue>> FindByCode(const std::string& code, absl::Time now) override;
  absl::StatusOr<std::optional<Venue>> FindByAnyCode(const std::string& code) override;
  absl::StatusOr<std::vector<Venue>> BatchGet(const std::vector<VenueId>& ids) override;
  absl::StatusOr<std::vector<Venue>> Search(const VenueQuery& query) override;
  absl::StatusOr<Venue> ReplaceCode(const CodeReplacement& replacement,
                                    const AuditNote& note) override;
  absl::StatusOr<Venue> SetState(const VenueId& id, VenueState state,
                                 const AuditNote& note) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
};

}  // namespace oshirase::registry

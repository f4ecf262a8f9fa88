// Venues and their codes in Postgres, schema registry.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/registry/domain/venue_store.h"
#include "services/registry/store/mail_queue.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresVenueStore final : public VenueStore {
 public:
  // All must outlive it.
  PostgresVenueStore(postgres::Pool& pool, const audit::AuditLog& log, const MailQueue& mails)
      : pool_(pool), log_(log), mails_(mails) {}

  absl::StatusOr<Venue> Insert(const VenueAddition& addition) override;
  absl::StatusOr<std::optional<Venue>> FindByCode(const std::string& code, absl::Time now) override;
  absl::StatusOr<std::optional<Venue>> FindByAnyCode(const std::string& code) override;
  absl::StatusOr<std::vector<Venue>> BatchGet(const std::vector<VenueId>& ids) override;
  absl::StatusOr<std::vector<Venue>> Search(const VenueQuery& query) override;
  absl::StatusOr<Venue> ReplaceCode(const CodeReplacement& replacement,
                                    const AuditNote& note) override;
  absl::StatusOr<Venue> SetState(const StateChange& change) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
  const MailQueue& mails_;
};

}  // namespace oshirase::registry

// Runs of reissued certificates in Postgres, schema registry.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/registry/domain/reissue_store.h"
#include "services/registry/store/mail_queue.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresReissueStore final : public ReissueStore {
 public:
  // All must outlive it.
  PostgresReissueStore(postgres::Pool& pool, const audit::AuditLog& log, const MailQueue& mails)
      : pool_(pool), log_(log), mails_(mails) {}

  absl::StatusOr<ReissueRun> Begin(const ReissueRun& run, const AuditNote& note) override;
  absl::StatusOr<ReissueProgress> Progress(const ReissueRun& run) override;
  absl::StatusOr<std::vector<OwnVenue>> Next(const ReissueRun& run,
                                             const std::optional<VenueId>& after,
                                             int limit) override;
  absl::StatusOr<BatchResult> Issue(const ReissueBatch& batch) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
  const MailQueue& mails_;
};

}  // namespace oshirase::registry

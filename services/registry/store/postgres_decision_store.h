// What the prefecture does to entries of the register, in Postgres, schema registry.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/registry/domain/decision_store.h"
#include "services/registry/store/mail_queue.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresDecisionStore final : public DecisionStore {
 public:
  // All must outlive it.
  PostgresDecisionStore(postgres::Pool& pool, const audit::AuditLog& log, const MailQueue& mails)
      : pool_(pool), log_(log), mails_(mails) {}

  absl::Status Correct(const EntryCorrection& correction) override;
  absl::Status RecordInspection(const Inspection& inspection) override;
  absl::Status Withdraw(const Withdrawal& withdrawal) override;
  absl::Status MailBusiness(const BusinessNotice& notice) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
  const MailQueue& mails_;
};

}  // namespace oshirase::registry

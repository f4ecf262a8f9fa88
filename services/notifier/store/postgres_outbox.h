// Outbox over notifier.batches and notifier.people_told.
#pragma once

#include <string>
#include <vector>

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/notifier/domain/outbox.h"

namespace oshirase::notifier {

// Thread-safe.
class PostgresOutbox final : public Outbox {
 public:
  // Both must outlive it.
  PostgresOutbox(postgres::Pool& pool, const audit::AuditLog& log) : pool_(pool), log_(log) {}

  // Planning and settling, in postgres_outbox_plans.cc.
  absl::StatusOr<std::vector<crypto::Hash>> ToldPeople(const std::string& case_id) override;
  absl::Status Plan(const CasePlan& plan, const AuditEvent& event) override;
  absl::Status SettleUnknown(const std::string& case_id, Settlement settlement,
                             const AuditEvent& event) override;

  // Sending, in postgres_outbox.cc.
  absl::StatusOr<std::vector<ClaimedBatch>> Claim(const ClaimRequest& request) override;
  absl::StatusOr<std::optional<absl::Time>> NextClaimTime() override;
  absl::StatusOr<std::string> MessageOf(const std::string& case_id,
                                        const std::string& language) override;
  absl::StatusOr<absl::Time> BeginAttempt(const AttemptStart& start) override;
  absl::StatusOr<std::string> EndAttempt(const AttemptEnd& end) override;
  absl::Status Release(const ClaimedBatch& batch, absl::Time now) override;

  // Ends of cases, in postgres_outbox_ends.cc.
  absl::StatusOr<bool> FinishCase(const std::string& case_id, absl::Time now) override;
  absl::StatusOr<std::vector<std::string>> CasesInSending() override;
  absl::Status SweepCancelled(absl::Time now) override;
  absl::StatusOr<std::vector<std::string>> CasesToForget(absl::Time now,
                                                         absl::Time oldest_approval) override;
  absl::Status Forget(const std::string& case_id, absl::Time now) override;
  absl::Status MarkForgotten(const std::string& case_id, absl::Time now) override;
  absl::StatusOr<std::vector<std::string>> Forgotten(
      const std::vector<std::string>& case_ids) override;
  absl::StatusOr<OutboxFigures> Figures() override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
};

}  // namespace oshirase::notifier

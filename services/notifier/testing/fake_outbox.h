// An Outbox in memory, beside the FakeCaseStore of the same FakeDatabase.
#pragma once

#include <string>
#include <vector>

#include "services/notifier/domain/outbox.h"
#include "services/notifier/testing/fake_database.h"

namespace oshirase::notifier {

// Thread-safe.
class FakeOutbox final : public Outbox {
 public:
  // `database` must outlive it.
  explicit FakeOutbox(FakeDatabase& database) : db_(database) {}

  absl::StatusOr<std::vector<crypto::Hash>> ToldPeople(const std::string& case_id) override;
  absl::Status Plan(const CasePlan& plan, const AuditEvent& event) override;
  absl::StatusOr<std::vector<ClaimedBatch>> Claim(const ClaimRequest& request) override;
  absl::StatusOr<std::optional<absl::Time>> NextClaimTime() override;
  absl::StatusOr<std::string> MessageOf(const std::string& case_id,
                                        const std::string& language) override;
  absl::StatusOr<absl::Time> BeginAttempt(const AttemptStart& start) override;
  absl::StatusOr<std::string> EndAttempt(const AttemptEnd& end) override;
  absl::Status Release(const ClaimedBatch& batch, absl::Time now) override;
  absl::StatusOr<bool> FinishCase(const std::string& case_id, absl::Time now) override;
  absl::StatusOr<std::vector<std::string>> CasesInSending() override;
  absl::Status SettleUnknown(const std::string& case_id, Settlement settlement,
                             const AuditEvent& event) override;
  absl::Status SweepCancelled(absl::Time now) override;
  absl::StatusOr<std::vector<std::string>> CasesToForget(absl::Time now,
                                                         absl::Time oldest_approval) override;
  absl::Status Forget(const std::string& case_id, absl::Time now) override;
  absl::Status MarkForgotten(const std::string& case_id, absl::Time now) override;
  absl::StatusOr<std::vector<std::string>> Forgotten(
      const std::vector<std::string>& case_ids) override;
  absl::StatusOr<OutboxFigures> Figures() override;

 private:
  CaseState StateOf(const std::string& case_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(db_.mu);
  void Insert(const NewBatch& batch, const std::string& case_id, const std::string& parent_id,
              absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(db_.mu);
  BatchRow* Held(const std::string& batch_id, const std::string& lease_id)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(db_.mu);
  // The reason with which `end` stops its case, if it does.
  std::string Stop(const AttemptEnd& end, const BatchRow& batch)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(db_.mu);
  bool HasOpenBatches(const std::string& case_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(db_.mu);

  FakeDatabase& db_;
};

}  // namespace oshirase::notifier

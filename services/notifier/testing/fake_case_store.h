// A CaseStore in memory, beside the FakeOutbox of the same FakeDatabase.
#pragma once

#include <string>
#include <vector>

#include "services/notifier/domain/case_store.h"
#include "services/notifier/testing/fake_database.h"

namespace oshirase::notifier {

// Thread-safe.
class FakeCaseStore final : public CaseStore {
 public:
  // `database` must outlive it.
  explicit FakeCaseStore(FakeDatabase& database) : db_(database) {}

  absl::Status ReserveNoticeNumber(const std::string& number, absl::Time now) override;
  absl::StatusOr<Case> Insert(const NewCase& entered, const AuditEvent& event) override;
  absl::StatusOr<Case> Get(const std::string& case_id) override;
  absl::StatusOr<CaseFile> GetFile(const std::string& case_id) override;
  absl::StatusOr<std::vector<Case>> List(const CaseQuery& query) override;
  absl::Status AddApproval(const Approval& approval, const AuditEvent& event) override;
  absl::Status End(const CaseEnd& end, const AuditEvent& event) override;
  absl::StatusOr<std::vector<UntoldVoid>> UntoldVoids() override;
  absl::Status MarkVoidTold(const std::string& case_id) override;
  absl::Status Pause(const std::string& case_id, const std::string& reason, absl::Time now,
                     const AuditEvent& event) override;
  absl::Status Resume(const std::string& case_id, absl::Time now, const AuditEvent& event) override;
  absl::Status NoteDelay(const std::string& case_id, const std::string& reason) override;
  absl::Status RefuseRelease(const ReleaseRefusal& refusal, const AuditEvent& event) override;
  absl::StatusOr<int> Expire(absl::Time now) override;
  absl::StatusOr<std::vector<std::string>> CasesToOpen() override;
  absl::StatusOr<std::vector<Case>> CasesAwaitingLateVisits(absl::Time now) override;

 private:
  FakeDatabase& db_;
};

}  // namespace oshirase::notifier

// CaseStore over notifier.cases and what hangs on it.
#pragma once

#include <string>
#include <vector>

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/notifier/domain/case_store.h"

namespace oshirase::notifier {

// Thread-safe.
class PostgresCaseStore final : public CaseStore {
 public:
  // Both must outlive it.
  PostgresCaseStore(postgres::Pool& pool, const audit::AuditLog& log) : pool_(pool), log_(log) {}

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
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
};

}  // namespace oshirase::notifier

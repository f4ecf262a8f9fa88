#include "services/notifier/domain/case_entry.h"

#include <utility>

#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/notifier/domain/digest_text.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/refusal.h"
#include "services/notifier/domain/statement_check.h"

namespace oshirase::notifier {
namespace {

NewCase MakeCase(const Statement& statement, const CaseToEnter& entered, absl::Time now) {
  NewCase result{.file = {.statement = entered.statement,
                          .signatures = {entered.signature},
                          .messages = entered.messages},
                 .request_id = statement.request_id};
  Case& summary = result.file.summary;
  summary.case_id = ids::NewUuid();
  summary.case_ref = statement.case_ref;
  summary.notice_number = statement.notice_number;
  summary.drill = statement.drill;
  summary.submitted_by = entered.signature.officer_id;
  summary.submit_time = now;
  summary.expire_time = statement.expire_time;
  return result;
}

AuditEvent SubmittedEvent(const Statement& statement, const NewCase& entered) {
  return {.actor = OfficerActor(entered.file.summary.submitted_by),
          .action = "case.submitted",
          .subject = entered.file.summary.case_id,
          .detail = {{"statement_sha256", HexDigest(entered.file.statement)},
                     {"notice_number", statement.notice_number},
                     {"drill", statement.drill},
                     {"exposures", statement.exposures.size()},
                     {"corrects_case_id", statement.corrects_case_id},
                     {"signatures_needed", entered.file.summary.signatures_needed}}};
}

}  // namespace

CaseEntry::CaseEntry(Parts parts, int retention_days)
    : parts_(std::move(parts)), retention_days_(retention_days) {}

absl::StatusOr<Case> CaseEntry::Submit(const std::string& caller, const CaseToEnter& entered) {
  auto result = Enter(caller, entered);
  if (result.ok()) return result;
  return AuditRefusal(parts_.audit,
                      {.actor = OfficerActor(caller),
                       .action = "case.submit",
                       .detail = {{"statement_sha256", HexDigest(entered.statement)}}},
                      result.status());
}

absl::StatusOr<Case> CaseEntry::Enter(const std::string& caller, const CaseToEnter& entered) {
  const absl::Time now = parts_.clock();
  if (entered.statement.empty() || entered.statement.size() > kMaxStatementBytes) {
    return CaseInvalid({{"statement", "must be 1 to 32768 bytes"}});
  }
  const auto statement = parts_.read_statement(entered.statement);
  if (!statement.ok()) return CaseInvalid({{"statement", "is not a statement"}});
  auto violations = CheckStatement(*statement, now, retention_days_);
  for (auto& violation : CheckMessages(*statement, entered.messages)) {
    violations.push_back(std::move(violation));
  }
  if (entered.signature.role != crypto::SignatureRole::kSubmit) {
    violations.push_back({"signature.role", "must be SUBMIT"});
  }
  // The registry counts from here; a statement that it would refuse shall not wait for approval.
  if (statement->expire_time > entered.signature.sign_time + kLongestExpiry) {
    violations.push_back({"expire_time", "must be at most 24 hours after signing"});
  }
  if (!violations.empty()) return CaseInvalid(violations);
  RETURN_IF_ERROR(parts_.officers.CheckSignature(caller, {entered.statement, statement->drill},
                                                 entered.signature, now));
  if (statement->drill) RETURN_IF_ERROR(parts_.fence.CheckDrillVenues(statement->exposures));
  RETURN_IF_ERROR(parts_.preparer.CheckRendered(*statement, entered.messages));
  if (!statement->corrects_case_id.empty()) {
    ASSIGN_OR_RETURN(const Case corrected, parts_.cases.Get(statement->corrects_case_id));
    if (statement->drill && !corrected.drill) return CaseNotFound();
  }
  NewCase new_case = MakeCase(*statement, entered, now);
  ASSIGN_OR_RETURN(const int64_t visits, parts_.previewer.CountVisits(statement->exposures));
  new_case.file.summary.signatures_needed = SignaturesNeeded(statement->exposures, visits);
  return parts_.cases.Insert(new_case, SubmittedEvent(*statement, new_case));
}

}  // namespace oshirase::notifier

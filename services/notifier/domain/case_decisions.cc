#include "services/notifier/domain/case_decisions.h"

#include <algorithm>
#include <utility>

#include "common/status/macros.h"
#include "services/notifier/domain/digest_text.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/refusal.h"
#include "services/notifier/domain/statement_check.h"

namespace oshirase::notifier {
namespace {

// Of two approvals at once one has to look again, since it may now be the last one needed.
constexpr int kAttempts = 3;

AuditEvent EventOf(const std::string& caller, const char* action, const std::string& case_id) {
  return {.actor = OfficerActor(caller), .action = action, .subject = case_id};
}

// The officer's approval of a case; null when there is none.
const OfficerSignature* ApprovalOf(const CaseFile& file, const std::string& officer_id) {
  for (const OfficerSignature& signature : file.signatures) {
    if (signature.role == crypto::SignatureRole::kApprove && signature.officer_id == officer_id) {
      return &signature;
    }
  }
  return nullptr;
}

// The signatures of a case with this approval, which takes the place of the officer's old one.
std::vector<OfficerSignature> SignaturesWith(const CaseFile& file,
                                             const OfficerSignature& approval) {
  std::vector<OfficerSignature> signatures = file.signatures;
  std::erase_if(signatures, [&](const OfficerSignature& signature) {
    return signature.role == approval.role && signature.officer_id == approval.officer_id;
  });
  signatures.push_back(approval);
  return signatures;
}

}  // namespace

struct CaseDecisions::Signed {
  const std::string& caller;
  const std::string& case_id;
  const OfficerSignature& signature;
};

CaseDecisions::CaseDecisions(Parts parts, DecisionObserver observer)
    : parts_(std::move(parts)), observer_(std::move(observer)) {}

absl::StatusOr<Case> CaseDecisions::Approve(const std::string& caller, const std::string& case_id,
                                            const OfficerSignature& signature) {
  absl::StatusOr<Case> result;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    result = DoApprove({caller, case_id, signature});
    if (!absl::IsAborted(result.status())) break;
  }
  return Audited(std::move(result), EventOf(caller, "case.approve", case_id));
}

absl::StatusOr<Case> CaseDecisions::DoApprove(const Signed& decision) {
  const absl::Time now = parts_.clock();
  ASSIGN_OR_RETURN(const CaseFile file, parts_.cases.GetFile(decision.case_id));
  // The registry takes no stale approval with the last one: who waited too long signs again.
  const OfficerSignature* earlier = ApprovalOf(file, decision.caller);
  const bool renews = earlier != nullptr && file.summary.state == CaseState::kSubmitted &&
                      earlier->sign_time < now - kSignatureLife;
  if (earlier != nullptr && !renews) return file.summary;
  RETURN_IF_ERROR(CheckApproval(decision, file, now));
  ASSIGN_OR_RETURN(const Statement statement, parts_.read_statement(file.statement));
  // Counted again: visits may have come in since the case was entered.
  ASSIGN_OR_RETURN(const int64_t visits, parts_.previewer.CountVisits(statement.exposures));
  Approval approval{.case_id = decision.case_id,
                    .signature = decision.signature,
                    .signatures_before = file.summary.signatures(),
                    .time = now};
  approval.signatures_needed =
      std::max(file.summary.signatures_needed, SignaturesNeeded(statement.exposures, visits));
  const int signatures = file.summary.signatures() + (renews ? 0 : 1);
  approval.last = signatures >= approval.signatures_needed;
  Release release;
  if (approval.last) {
    // The registry decides first. Should this process die before its own commit, the officer
    // approves again and the registry releases the same bytes again.
    ASSIGN_OR_RETURN(
        release, parts_.registry.ReleaseOuterKeys(
                     {decision.case_id, file.statement, SignaturesWith(file, decision.signature)}));
  }
  AuditEvent event = EventOf(decision.caller, "case.approved", decision.case_id);
  event.detail = {{"statement_sha256", HexDigest(file.statement)},
                  {"signatures", signatures},
                  {"signatures_needed", approval.signatures_needed}};
  RETURN_IF_ERROR(parts_.cases.AddApproval(approval, event));
  if (approval.last) observer_.on_approved(decision.case_id, std::move(release));
  return parts_.cases.Get(decision.case_id);
}

absl::Status CaseDecisions::CheckApproval(const Signed& decision, const CaseFile& file,
                                          absl::Time now) {
  if (decision.signature.role != crypto::SignatureRole::kApprove) {
    return SignatureInvalid("the signature does not say APPROVE");
  }
  if (file.summary.submitted_by == decision.caller) return OwnCase();
  RETURN_IF_ERROR(parts_.officers.CheckSignature(
      decision.caller, {file.statement, file.summary.drill}, decision.signature, now));
  if (file.summary.state == CaseState::kExpired) return CaseExpired();
  if (file.summary.state != CaseState::kSubmitted) return CaseNotSubmitted();
  if (now >= file.summary.expire_time) return CaseExpired();
  return absl::OkStatus();
}

absl::StatusOr<Case> CaseDecisions::Reject(const std::string& caller, const std::string& case_id,
                                           const OfficerSignature& signature,
                                           const std::string& reason) {
  AuditEvent event = EventOf(caller, "case.rejected", case_id);
  event.detail = {{"why", reason}};
  return Audited(DoEnd({caller, case_id, signature}, CaseState::kRejected, std::move(event)),
                 EventOf(caller, "case.reject", case_id));
}

absl::StatusOr<Case> CaseDecisions::Cancel(const std::string& caller, const std::string& case_id,
                                           const OfficerSignature& signature) {
  return Audited(DoEnd({caller, case_id, signature}, CaseState::kCancelled,
                       EventOf(caller, "case.cancelled", case_id)),
                 EventOf(caller, "case.cancel", case_id));
}

absl::StatusOr<Case> CaseDecisions::DoEnd(const Signed& decision, CaseState state,
                                          AuditEvent event) {
  const absl::Time now = parts_.clock();
  ASSIGN_OR_RETURN(const CaseFile file, parts_.cases.GetFile(decision.case_id));
  if (decision.signature.role != crypto::SignatureRole::kReject) {
    return SignatureInvalid("the signature does not say REJECT");
  }
  RETURN_IF_ERROR(parts_.officers.CheckSignature(
      decision.caller, {file.statement, file.summary.drill}, decision.signature, now));
  event.detail["statement_sha256"] = HexDigest(file.statement);
  RETURN_IF_ERROR(parts_.cases.End({decision.case_id, state, decision.signature, now}, event));
  observer_.on_ended();
  return parts_.cases.Get(decision.case_id);
}

absl::StatusOr<Case> CaseDecisions::Pause(const std::string& caller, const std::string& case_id) {
  const auto status = parts_.cases.Pause(case_id, kPausedByOfficer, parts_.clock(),
                                         EventOf(caller, "case.paused", case_id));
  if (!status.ok()) return Audited(status, EventOf(caller, "case.pause", case_id));
  return parts_.cases.Get(case_id);
}

absl::StatusOr<Case> CaseDecisions::Resume(const std::string& caller, const std::string& case_id) {
  const auto status =
      parts_.cases.Resume(case_id, parts_.clock(), EventOf(caller, "case.resumed", case_id));
  if (!status.ok()) return Audited(status, EventOf(caller, "case.resume", case_id));
  ASSIGN_OR_RETURN(const Case resumed, parts_.cases.Get(case_id));
  if (resumed.state == CaseState::kApproved) observer_.on_to_open(case_id);
  if (resumed.state == CaseState::kSending) observer_.on_to_send();
  return resumed;
}

absl::StatusOr<Case> CaseDecisions::Settle(const std::string& caller, const std::string& case_id,
                                           Settlement settlement) {
  AuditEvent event = EventOf(caller, "case.settled", case_id);
  event.detail = {{"settlement", settlement == Settlement::kResend ? "resend" : "give-up"}};
  const auto status = parts_.outbox.SettleUnknown(case_id, settlement, event);
  if (!status.ok()) return Audited(status, EventOf(caller, "case.settle", case_id));
  observer_.on_to_send();
  return parts_.cases.Get(case_id);
}

absl::StatusOr<Case> CaseDecisions::Audited(absl::StatusOr<Case> result, AuditEvent event) {
  if (result.ok()) return result;
  return AuditRefusal(parts_.audit, std::move(event), result.status());
}

}  // namespace oshirase::notifier

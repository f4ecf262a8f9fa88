#include "services/notifier/testing/fake_case_store.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/statement_check.h"

namespace oshirase::notifier {
namespace {

bool IsOverAt(const Case& summary, absl::Time now) {
  return IsOver(summary.state, summary.release_end_time, now);
}

absl::Status CheckEnd(const Case& from, const CaseEnd& end) {
  if (end.state == CaseState::kRejected) {
    return from.state == CaseState::kSubmitted ? absl::OkStatus() : CaseNotSubmitted();
  }
  return IsOverAt(from, end.time) ? CaseFinished() : absl::OkStatus();
}

void EndBatch(BatchRow& batch, absl::Time now) {
  batch.state = batch.doubtful ? BatchState::kUnknown : BatchState::kCancelled;
  batch.lease_id.clear();
  batch.settle_time = now;
}

}  // namespace

absl::Status FakeCaseStore::ReserveNoticeNumber(const std::string& number, absl::Time /*now*/) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const bool fresh = db_.notice_numbers.insert(number).second;
  return db_.Outcome(fresh ? absl::OkStatus() : absl::AlreadyExistsError("taken"));
}

absl::StatusOr<Case> FakeCaseStore::Insert(const NewCase& entered, const AuditEvent& event) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  for (const auto& [id, row] : db_.cases) {
    if (row.request_id != entered.request_id) continue;
    if (row.file.statement != entered.file.statement) return RequestIdReused();
    return db_.Summary(row);
  }
  const std::string& number = entered.file.summary.notice_number;
  const bool taken = std::any_of(db_.cases.begin(), db_.cases.end(), [&](const auto& entry) {
    return entry.second.file.summary.notice_number == number;
  });
  if (taken || !db_.notice_numbers.contains(number)) {
    return CaseInvalid({{"notice_number", "must be one from PrepareCase that no case has"}});
  }
  CaseRow& row = db_.cases[entered.file.summary.case_id];
  row = {.file = entered.file, .request_id = entered.request_id};
  db_.events.push_back(event);
  RETURN_IF_ERROR(db_.Outcome(absl::OkStatus()));
  return db_.Summary(row);
}

absl::StatusOr<Case> FakeCaseStore::Get(const std::string& case_id) {
  ASSIGN_OR_RETURN(const CaseFile file, GetFile(case_id));
  return file.summary;
}

absl::StatusOr<CaseFile> FakeCaseStore::GetFile(const std::string& case_id) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(case_id);
  if (found == db_.cases.end()) return CaseNotFound();
  CaseFile file = found->second.file;
  file.summary = db_.Summary(found->second);
  if (found->second.end_signature.has_value()) {
    file.signatures.push_back(*found->second.end_signature);
  }
  return file;
}

absl::StatusOr<std::vector<Case>> FakeCaseStore::List(const CaseQuery& query) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  std::vector<Case> cases;
  for (const auto& [id, row] : db_.cases) {
    const Case& summary = row.file.summary;
    if (query.state.has_value() && summary.state != *query.state) continue;
    if (query.drills_only && !summary.drill) continue;
    if (query.before_time.has_value() &&
        std::tie(summary.submit_time, id) >= std::tie(*query.before_time, query.before_id)) {
      continue;
    }
    cases.push_back(db_.Summary(row));
  }
  std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) {
    return std::tie(a.submit_time, a.case_id) > std::tie(b.submit_time, b.case_id);
  });
  if (cases.size() > static_cast<size_t>(query.limit)) {
    cases.resize(static_cast<size_t>(query.limit));
  }
  return cases;
}

absl::Status FakeCaseStore::AddApproval(const Approval& approval, const AuditEvent& event) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(approval.case_id);
  if (found == db_.cases.end()) return CaseNotFound();
  CaseFile& file = found->second.file;
  const auto earlier = std::find_if(file.signatures.begin(), file.signatures.end(),
                                    [&](const OfficerSignature& signature) {
                                      return signature.role == crypto::SignatureRole::kApprove &&
                                             signature.officer_id == approval.signature.officer_id;
                                    });
  const bool renews = earlier != file.signatures.end() &&
                      file.summary.state == CaseState::kSubmitted &&
                      earlier->sign_time < approval.time - kSignatureLife;
  if (earlier != file.signatures.end() && !renews) return absl::OkStatus();
  if (file.summary.state != CaseState::kSubmitted) return CaseNotSubmitted();
  if (static_cast<int>(file.signatures.size()) != approval.signatures_before) {
    return absl::AbortedError("somebody else signed meanwhile");
  }
  if (renews) {
    *earlier = approval.signature;
  } else {
    file.signatures.push_back(approval.signature);
  }
  file.summary.signatures_needed =
      std::max(file.summary.signatures_needed, approval.signatures_needed);
  if (approval.last) {
    file.summary.state = CaseState::kApproved;
    file.summary.approve_time = approval.time;
  }
  db_.events.push_back(event);
  return db_.Outcome(absl::OkStatus());
}

absl::Status FakeCaseStore::End(const CaseEnd& end, const AuditEvent& event) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(end.case_id);
  if (found == db_.cases.end()) return CaseNotFound();
  CaseRow& row = found->second;
  if (row.file.summary.state == end.state) return absl::OkStatus();
  RETURN_IF_ERROR(CheckEnd(row.file.summary, end));
  row.file.summary.state = end.state;
  row.file.summary.pause_reason.clear();
  row.void_untold = true;
  row.end_signature = end.signature;
  for (auto& [id, batch] : db_.batches) {
    const bool held = !batch.lease_id.empty() && batch.claim_time > end.time;
    if (batch.case_id == end.case_id && batch.open() && !held) EndBatch(batch, end.time);
  }
  db_.events.push_back(event);
  return db_.Outcome(absl::OkStatus());
}

absl::StatusOr<std::vector<UntoldVoid>> FakeCaseStore::UntoldVoids() {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  std::vector<UntoldVoid> voids;
  for (const auto& [id, row] : db_.cases) {
    if (row.void_untold) voids.push_back({id, row.file.statement, *row.end_signature});
  }
  return voids;
}

absl::Status FakeCaseStore::MarkVoidTold(const std::string& case_id) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(case_id);
  if (found != db_.cases.end()) found->second.void_untold = false;
  return db_.Outcome(absl::OkStatus());
}

absl::Status FakeCaseStore::Pause(const std::string& case_id, const std::string& reason,
                                  absl::Time now, const AuditEvent& event) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(case_id);
  if (found == db_.cases.end()) return CaseNotFound();
  Case& summary = found->second.file.summary;
  if (summary.state == CaseState::kPaused) return absl::OkStatus();
  if (IsOverAt(summary, now)) return CaseFinished();
  if (summary.state == CaseState::kSubmitted) return CaseNotReleased();
  summary.state = CaseState::kPaused;
  summary.pause_reason = reason;
  db_.events.push_back(event);
  return db_.Outcome(absl::OkStatus());
}

absl::Status FakeCaseStore::Resume(const std::string& case_id, absl::Time now,
                                   const AuditEvent& event) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(case_id);
  if (found == db_.cases.end()) return CaseNotFound();
  Case& summary = found->second.file.summary;
  if (IsOverAt(summary, now)) return CaseFinished();
  if (summary.state == CaseState::kSubmitted) return CaseNotReleased();
  if (summary.state != CaseState::kPaused) return absl::OkStatus();
  summary.state = found->second.open_time.has_value() ? CaseState::kSending : CaseState::kApproved;
  summary.pause_reason.clear();
  db_.events.push_back(event);
  return db_.Outcome(absl::OkStatus());
}

absl::Status FakeCaseStore::NoteDelay(const std::string& case_id, const std::string& reason) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(case_id);
  if (found != db_.cases.end() && found->second.file.summary.state == CaseState::kApproved) {
    found->second.file.summary.pause_reason = reason;
  }
  return db_.Outcome(absl::OkStatus());
}

absl::Status FakeCaseStore::RefuseRelease(const ReleaseRefusal& refusal, const AuditEvent& event) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(refusal.case_id);
  if (found == db_.cases.end()) return CaseNotFound();
  Case& summary = found->second.file.summary;
  if (!CanBePlanned(summary.state)) return absl::OkStatus();
  if (!found->second.open_time.has_value()) {
    summary.state = CaseState::kCancelled;
    summary.pause_reason = refusal.reason;
  } else if (summary.release_end_time > refusal.time) {
    summary.release_end_time = refusal.time;
  } else {
    return absl::OkStatus();
  }
  db_.events.push_back(event);
  return db_.Outcome(absl::OkStatus());
}

absl::StatusOr<int> FakeCaseStore::Expire(absl::Time now) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  int expired = 0;
  for (auto& [id, row] : db_.cases) {
    Case& summary = row.file.summary;
    if (summary.state != CaseState::kSubmitted || summary.expire_time > now) continue;
    summary.state = CaseState::kExpired;
    db_.events.push_back({.actor = kTimerActor, .action = "case.expired", .subject = id});
    ++expired;
  }
  return expired;
}

absl::StatusOr<std::vector<std::string>> FakeCaseStore::CasesToOpen() {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  std::vector<std::string> cases;
  for (const auto& [id, row] : db_.cases) {
    if (row.file.summary.state == CaseState::kApproved) cases.push_back(id);
  }
  return cases;
}

absl::StatusOr<std::vector<Case>> FakeCaseStore::CasesAwaitingLateVisits(absl::Time now) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  std::vector<Case> cases;
  for (const auto& [id, row] : db_.cases) {
    const Case& summary = row.file.summary;
    const bool waits = summary.state == CaseState::kSending ||
                       summary.state == CaseState::kPaused || summary.state == CaseState::kSent ||
                       summary.state == CaseState::kPartial;
    if (waits && row.open_time.has_value() && !row.forget_time.has_value() &&
        summary.release_end_time > now) {
      cases.push_back(db_.Summary(row));
    }
  }
  return cases;
}

}  // namespace oshirase::notifier

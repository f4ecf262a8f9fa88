#include "services/notifier/testing/fake_outbox.h"

#include <algorithm>

#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"

namespace oshirase::notifier {

CaseState FakeOutbox::StateOf(const std::string& case_id) {
  return db_.cases.at(case_id).file.summary.state;
}

void FakeOutbox::Insert(const NewBatch& batch, const std::string& case_id,
                        const std::string& parent_id, absl::Time now) {
  db_.batches[batch.batch_id] = {.batch_id = batch.batch_id,
                                 .case_id = case_id,
                                 .parent_id = parent_id,
                                 .language = batch.language,
                                 .content = batch.content,
                                 .plan_time = now,
                                 .claim_time = now};
}

BatchRow* FakeOutbox::Held(const std::string& batch_id, const std::string& lease_id) {
  const auto found = db_.batches.find(batch_id);
  if (found == db_.batches.end() || !found->second.open()) return nullptr;
  return found->second.lease_id == lease_id ? &found->second : nullptr;
}

bool FakeOutbox::HasOpenBatches(const std::string& case_id) {
  return std::any_of(db_.batches.begin(), db_.batches.end(), [&](const auto& entry) {
    return entry.second.case_id == case_id && entry.second.open();
  });
}

absl::StatusOr<std::vector<crypto::Hash>> FakeOutbox::ToldPeople(const std::string& case_id) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto& told = db_.cases.at(case_id).told;
  return std::vector<crypto::Hash>(told.begin(), told.end());
}

absl::Status FakeOutbox::Plan(const CasePlan& plan, const AuditEvent& event) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(plan.case_id);
  if (found == db_.cases.end()) return CaseNotFound();
  CaseRow& row = found->second;
  Case& summary = row.file.summary;
  if (!CanBePlanned(summary.state)) return CaseFinished();
  for (const crypto::Hash& person : plan.told) {
    if (row.told.contains(person)) return absl::AlreadyExistsError("another plan came first");
  }
  row.told.insert(plan.told.begin(), plan.told.end());
  for (const NewBatch& batch : plan.batches) Insert(batch, plan.case_id, "", plan.now);
  row.suppressed_planned = plan.suppressed;
  summary.counts.unreadable = plan.unreadable;
  summary.rows_seen = plan.rows_seen;
  summary.release_end_time = plan.release_end_time;
  if (!row.open_time.has_value()) row.open_time = plan.now;
  if (!plan.batches.empty()) summary.sending_finish_time.reset();
  if (summary.state != CaseState::kPaused) {
    summary.pause_reason.clear();
    if (plan.batches.empty() && summary.state == CaseState::kApproved) {
      summary.state = CaseState::kSent;
      summary.sending_finish_time = plan.now;
    }
    if (!plan.batches.empty()) summary.state = CaseState::kSending;
  }
  db_.events.push_back(event);
  return db_.Outcome(absl::OkStatus());
}

absl::StatusOr<std::vector<ClaimedBatch>> FakeOutbox::Claim(const ClaimRequest& request) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  std::vector<ClaimedBatch> claimed;
  for (auto& [id, batch] : db_.batches) {
    if (static_cast<int>(claimed.size()) == request.limit) break;
    if (!batch.open() || batch.claim_time > request.now ||
        StateOf(batch.case_id) != CaseState::kSending) {
      continue;
    }
    batch.lease_id = ids::NewUuid();
    batch.claim_time = request.now + request.lease;
    claimed.push_back({.batch_id = batch.batch_id,
                       .case_id = batch.case_id,
                       .parent_id = batch.parent_id,
                       .lease_id = batch.lease_id,
                       .language = batch.language,
                       .content = batch.content,
                       .attempts = batch.attempts,
                       .doubtful = batch.doubtful,
                       .first_attempt_time = batch.first_attempt_time});
  }
  RETURN_IF_ERROR(db_.Outcome(absl::OkStatus()));
  return claimed;
}

absl::StatusOr<std::optional<absl::Time>> FakeOutbox::NextClaimTime() {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  std::optional<absl::Time> next;
  for (const auto& [id, batch] : db_.batches) {
    if (!batch.open() || StateOf(batch.case_id) != CaseState::kSending) continue;
    next = std::min(next.value_or(absl::InfiniteFuture()), batch.claim_time);
  }
  return next;
}

absl::StatusOr<std::string> FakeOutbox::MessageOf(const std::string& case_id,
                                                  const std::string& language) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(case_id);
  if (found == db_.cases.end()) return CaseNotFound();
  for (const Message& message : found->second.file.messages) {
    if (message.language == language) return message.line_messages_json;
  }
  return CaseNotFound();
}

absl::StatusOr<absl::Time> FakeOutbox::BeginAttempt(const AttemptStart& start) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  BatchRow* batch = Held(start.batch_id, start.lease_id);
  if (batch == nullptr || StateOf(batch->case_id) != CaseState::kSending) {
    return absl::AbortedError("the batch is no longer this worker's");
  }
  if (start.rewritten.has_value()) {
    db_.cases.at(batch->case_id).suppressed_later +=
        batch->content.people - start.rewritten->people;
    batch->content = *start.rewritten;
  }
  batch->state = BatchState::kSending;
  ++batch->attempts;
  batch->doubtful = true;
  batch->claim_time = start.now + start.lease;
  if (!batch->first_attempt_time.has_value()) batch->first_attempt_time = start.now;
  if (!batch->start_time.has_value()) batch->start_time = start.now;
  RETURN_IF_ERROR(db_.Outcome(absl::OkStatus()));
  return *batch->first_attempt_time;
}

std::string FakeOutbox::Stop(const AttemptEnd& end, const BatchRow& batch) {
  const bool both =
      !batch.parent_id.empty() &&
      std::any_of(db_.batches.begin(), db_.batches.end(), [&](const auto& entry) {
        const BatchRow& other = entry.second;
        return other.parent_id == batch.parent_id && other.batch_id != batch.batch_id &&
               other.line_status == end.line_status &&
               (other.state == BatchState::kSplit || other.state == BatchState::kRejected);
      });
  const std::string& reason =
      both && !end.pause_reason_of_both.empty() ? end.pause_reason_of_both : end.pause_reason;
  Case& summary = db_.cases.at(end.case_id).file.summary;
  if (reason.empty() || summary.state != CaseState::kSending) return "";
  summary.state = CaseState::kPaused;
  summary.pause_reason = reason;
  db_.events.push_back({.actor = kTimerActor,
                        .action = "case.paused",
                        .subject = end.case_id,
                        .detail = {{"reason", reason}}});
  return reason;
}

absl::StatusOr<std::string> FakeOutbox::EndAttempt(const AttemptEnd& end) {
  using Outcome = AttemptEnd::Outcome;
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  BatchRow* batch = Held(end.batch_id, end.lease_id);
  if (end.outcome == Outcome::kAccepted) {
    batch = &db_.batches.at(end.batch_id);
    if (batch->state == BatchState::kSplit || batch->state == BatchState::kRejected) {
      batch = nullptr;
    }
  }
  if (batch == nullptr) return absl::AbortedError("the batch is no longer this worker's");
  Case& summary = db_.cases.at(end.case_id).file.summary;
  const std::string stopped = Stop(end, *batch);
  batch->lease_id.clear();
  batch->doubtful = end.outcome != Outcome::kAccepted && end.doubtful;
  batch->line_status = end.line_status;
  if (end.outcome == Outcome::kRetry) {
    const bool cancelled = summary.state == CaseState::kCancelled;
    batch->claim_time = end.retry_time.value_or(end.now);
    batch->state = !cancelled     ? BatchState::kSending
                   : end.doubtful ? BatchState::kUnknown
                                  : BatchState::kCancelled;
    if (cancelled) batch->settle_time = end.now;
    RETURN_IF_ERROR(db_.Outcome(absl::OkStatus()));
    return stopped;
  }
  if (batch->state != BatchState::kAccepted) batch->settle_time = end.now;
  batch->state = end.outcome == Outcome::kAccepted   ? BatchState::kAccepted
                 : end.outcome == Outcome::kSplit    ? BatchState::kSplit
                 : end.outcome == Outcome::kRejected ? BatchState::kRejected
                                                     : BatchState::kUnknown;
  if (end.outcome != Outcome::kUnknown) batch->content.sealed_recipients.clear();
  if (end.split.has_value()) {
    Insert(end.split->first, end.case_id, end.batch_id, end.now);
    Insert(end.split->second, end.case_id, end.batch_id, end.now);
  }
  RETURN_IF_ERROR(db_.Outcome(absl::OkStatus()));
  return stopped;
}

absl::Status FakeOutbox::Release(const ClaimedBatch& claimed, absl::Time now) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  BatchRow* batch = Held(claimed.batch_id, claimed.lease_id);
  if (batch == nullptr) return absl::OkStatus();
  batch->lease_id.clear();
  batch->claim_time = now;
  if (StateOf(batch->case_id) == CaseState::kCancelled) {
    batch->state = batch->doubtful ? BatchState::kUnknown : BatchState::kCancelled;
    batch->settle_time = now;
  }
  return db_.Outcome(absl::OkStatus());
}

}  // namespace oshirase::notifier

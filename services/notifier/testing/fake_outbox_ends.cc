// Settling and ending, as postgres_outbox_ends.cc and the end of postgres_outbox_plans.cc do it.
#include <algorithm>

#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/testing/fake_outbox.h"

namespace oshirase::notifier {

absl::StatusOr<bool> FakeOutbox::FinishCase(const std::string& case_id, absl::Time now) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  CaseRow& row = db_.cases.at(case_id);
  Case& summary = row.file.summary;
  if (summary.state != CaseState::kSending || HasOpenBatches(case_id)) return false;
  const Counts counts = db_.Summary(row).counts;
  const bool bad = counts.failed + counts.unknown + counts.unsent > 0;
  if (!summary.sending_finish_time.has_value()) summary.sending_finish_time = now;
  summary.state = !bad                  ? CaseState::kSent
                  : counts.accepted > 0 ? CaseState::kPartial
                                        : CaseState::kPaused;
  if (summary.state == CaseState::kPaused) summary.pause_reason = kPausedNothingAccepted;
  db_.events.push_back({.actor = kTimerActor, .action = "case.finished", .subject = case_id});
  RETURN_IF_ERROR(db_.Outcome(absl::OkStatus()));
  return true;
}

absl::StatusOr<std::vector<std::string>> FakeOutbox::CasesInSending() {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  std::vector<std::string> cases;
  for (const auto& [id, row] : db_.cases) {
    if (row.file.summary.state == CaseState::kSending) cases.push_back(id);
  }
  return cases;
}

absl::Status FakeOutbox::SettleUnknown(const std::string& case_id, Settlement settlement,
                                       const AuditEvent& event) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  const auto found = db_.cases.find(case_id);
  if (found == db_.cases.end()) return CaseNotFound();
  Case& summary = found->second.file.summary;
  const bool resend = settlement == Settlement::kResend;
  const bool may_send = summary.state == CaseState::kSending ||
                        summary.state == CaseState::kPaused || summary.state == CaseState::kPartial;
  int settled = 0;
  for (auto& [id, batch] : db_.batches) {
    if (batch.case_id != case_id || batch.state != BatchState::kUnknown || batch.given_up) continue;
    if (resend && (!may_send || batch.content.sealed_recipients.empty())) continue;
    ++settled;
    if (resend) {
      batch.state = BatchState::kPlanned;
      batch.content.retry_key = ids::NewUuid();
      batch.claim_time = absl::InfinitePast();
      batch.attempts = 0;
      batch.first_attempt_time.reset();
      batch.doubtful = false;
    } else {
      batch.given_up = true;
      batch.content.sealed_recipients.clear();
    }
  }
  if (settled == 0) return NothingToSettle();
  if (resend) {
    const bool stands =
        summary.state == CaseState::kPaused && summary.pause_reason != kPausedNothingAccepted;
    if (!stands) {
      summary.state = CaseState::kSending;
      summary.pause_reason.clear();
    }
    summary.sending_finish_time.reset();
  } else if (summary.state == CaseState::kPaused &&
             summary.pause_reason == kPausedNothingAccepted) {
    summary.state = CaseState::kCancelled;
    summary.pause_reason.clear();
  }
  db_.events.push_back(event);
  return db_.Outcome(absl::OkStatus());
}

absl::Status FakeOutbox::SweepCancelled(absl::Time now) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  for (auto& [id, batch] : db_.batches) {
    const bool held = !batch.lease_id.empty() && batch.claim_time > now;
    if (!batch.open() || held || StateOf(batch.case_id) != CaseState::kCancelled) continue;
    batch.state = batch.doubtful ? BatchState::kUnknown : BatchState::kCancelled;
    batch.lease_id.clear();
    batch.settle_time = now;
  }
  return db_.Outcome(absl::OkStatus());
}

absl::StatusOr<std::vector<std::string>> FakeOutbox::CasesToForget(absl::Time now,
                                                                   absl::Time oldest_approval) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  std::vector<std::string> cases;
  for (const auto& [case_id, row] : db_.cases) {
    const Case& summary = row.file.summary;
    if (!summary.approve_time.has_value() || row.forget_time.has_value()) continue;
    const bool waiting =
        std::any_of(db_.batches.begin(), db_.batches.end(), [&id = case_id](const auto& entry) {
          const BatchRow& batch = entry.second;
          return batch.case_id == id &&
                 (batch.open() || (batch.state == BatchState::kUnknown && !batch.given_up));
        });
    const bool over =
        summary.state == CaseState::kCancelled ||
        ((summary.state == CaseState::kSent || summary.state == CaseState::kPartial) &&
         summary.release_end_time <= now);
    if (summary.approve_time <= oldest_approval || (over && !waiting)) cases.push_back(case_id);
  }
  return cases;
}

absl::Status FakeOutbox::Forget(const std::string& case_id, absl::Time now) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  CaseRow& row = db_.cases.at(case_id);
  bool accepted = false;
  bool bad = !row.open_time.has_value();
  for (auto& [id, batch] : db_.batches) {
    if (batch.case_id != case_id) continue;
    accepted = accepted || batch.state == BatchState::kAccepted;
    bad = bad || (batch.state != BatchState::kAccepted && batch.state != BatchState::kSplit);
    if (batch.open()) batch.state = batch.doubtful ? BatchState::kUnknown : BatchState::kUnsent;
    if (!batch.settle_time.has_value()) batch.settle_time = now;
    batch.given_up = batch.given_up || batch.state == BatchState::kUnknown;
    batch.content.sealed_recipients.clear();
    batch.lease_id.clear();
  }
  row.told.clear();
  Case& summary = row.file.summary;
  if (summary.state != CaseState::kCancelled) summary.pause_reason.clear();
  if (!IsFinished(summary.state)) {
    summary.state = !bad       ? CaseState::kSent
                    : accepted ? CaseState::kPartial
                               : CaseState::kCancelled;
  }
  return db_.Outcome(absl::OkStatus());
}

absl::Status FakeOutbox::MarkForgotten(const std::string& case_id, absl::Time now) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  CaseRow& row = db_.cases.at(case_id);
  if (row.forget_time.has_value()) return absl::OkStatus();
  row.forget_time = now;
  db_.events.push_back({.actor = kTimerActor, .action = "case.forgotten", .subject = case_id});
  return db_.Outcome(absl::OkStatus());
}

absl::StatusOr<std::vector<std::string>> FakeOutbox::Forgotten(
    const std::vector<std::string>& case_ids) {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  std::vector<std::string> forgotten;
  for (const std::string& case_id : case_ids) {
    const auto found = db_.cases.find(case_id);
    if (found != db_.cases.end() && found->second.forget_time.has_value()) {
      forgotten.push_back(case_id);
    }
  }
  return forgotten;
}

absl::StatusOr<OutboxFigures> FakeOutbox::Figures() {
  absl::MutexLock lock(&db_.mu);
  RETURN_IF_ERROR(db_.NextFailure());
  OutboxFigures figures;
  for (const auto& [id, row] : db_.cases) ++figures.cases[row.file.summary.state];
  for (const auto& [id, batch] : db_.batches) {
    figures.planned += batch.state == BatchState::kPlanned ? 1 : 0;
    figures.sending += batch.state == BatchState::kSending ? 1 : 0;
    figures.unknown += batch.state == BatchState::kUnknown && !batch.given_up ? 1 : 0;
    if (batch.open()) {
      figures.oldest_open =
          std::min(figures.oldest_open.value_or(absl::InfiniteFuture()), batch.plan_time);
    }
  }
  return figures;
}

}  // namespace oshirase::notifier

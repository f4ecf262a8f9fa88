#include "services/registry/testing/fake_mail_outbox.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/registry/domain/mail_errors.h"

namespace oshirase::registry {

void FakeMailOutbox::FailNext(absl::Status status) {
  absl::MutexLock lock(&mu_);
  failures_.push_back(std::move(status));
}

void FakeMailOutbox::FailNextEnd(absl::Status status) {
  absl::MutexLock lock(&mu_);
  end_failures_.push_back(std::move(status));
}

absl::Status FakeMailOutbox::Next(std::deque<absl::Status>& failures) {
  if (failures.empty()) return absl::OkStatus();
  auto failure = std::move(failures.front());
  failures.pop_front();
  return failure;
}

std::vector<FakeMailOutbox::Row> FakeMailOutbox::rows() const {
  absl::MutexLock lock(&mu_);
  return rows_;
}

FakeMailOutbox::Row FakeMailOutbox::row() const {
  absl::MutexLock lock(&mu_);
  return rows_.at(0);
}

absl::Status FakeMailOutbox::Enqueue(const OutboxMail& mail) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(Next(failures_));
  for (const Row& row : rows_) {
    if (row.mail.mail_id == mail.mail_id) return absl::OkStatus();
  }
  rows_.push_back({.mail = mail, .claim_time = mail.create_time});
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ClaimedMail>> FakeMailOutbox::Claim(const MailClaim& claim) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(Next(failures_));
  std::vector<Row*> due;
  for (Row& row : rows_) {
    if (row.state == State::kQueued && row.claim_time <= claim.now) due.push_back(&row);
  }
  std::stable_sort(due.begin(), due.end(), [](const Row* a, const Row* b) {
    return std::tie(a->mail.expire_time, a->claim_time) <
           std::tie(b->mail.expire_time, b->claim_time);
  });
  std::vector<ClaimedMail> claimed;
  for (Row* row : due) {
    if (static_cast<int>(claimed.size()) == claim.limit) break;
    row->claim_time = claim.now + claim.lease;
    row->lease_id = ids::NewUuid();
    ++row->attempts;
    claimed.push_back({row->mail, row->lease_id, row->attempts});
  }
  return claimed;
}

absl::StatusOr<std::optional<absl::Time>> FakeMailOutbox::NextClaimTime() {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(Next(failures_));
  std::optional<absl::Time> next;
  for (const Row& row : rows_) {
    if (row.state == State::kQueued) next = std::min(row.claim_time, next.value_or(row.claim_time));
  }
  return next;
}

void FakeMailOutbox::Settle(Row& row, const MailEnd& end) {
  const bool sent = end.outcome == MailEnd::Outcome::kSent;
  const bool failed = end.outcome == MailEnd::Outcome::kFailed;
  row.state = sent ? State::kSent : failed ? State::kFailed : State::kExpired;
  row.mail.sealed_letter.clear();
  row.settle_time = row.settle_time.value_or(end.now);
  row.lease_id.clear();
  if (sent || !end.reason.empty()) row.reason = end.reason;
}

absl::Status FakeMailOutbox::End(const MailEnd& end) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(Next(failures_));
  RETURN_IF_ERROR(Next(end_failures_));
  for (Row& row : rows_) {
    if (row.mail.mail_id != end.mail_id) continue;
    const bool ours = row.state == State::kQueued && row.lease_id == end.lease_id;
    if (!ours && end.outcome != MailEnd::Outcome::kSent) return MailLeaseLost();
    if (end.outcome != MailEnd::Outcome::kRetry) {
      Settle(row, end);
    } else {
      row.claim_time = end.retry_time;
      row.lease_id.clear();
      row.reason = end.reason;
    }
    return absl::OkStatus();
  }
  return MailLeaseLost();
}

absl::StatusOr<int64_t> FakeMailOutbox::ForgetSettled(absl::Time time) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(Next(failures_));
  return static_cast<int64_t>(std::erase_if(rows_, [&](const Row& row) {
    return row.settle_time.has_value() && *row.settle_time < time;
  }));
}

absl::StatusOr<MailFigures> FakeMailOutbox::Figures() {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(Next(failures_));
  MailFigures figures;
  for (const Row& row : rows_) {
    if (row.state != State::kQueued) continue;
    ++figures.queued[row.mail.kind];
    const absl::Time created = row.mail.create_time;
    figures.oldest_create_time = std::min(created, figures.oldest_create_time.value_or(created));
  }
  return figures;
}

}  // namespace oshirase::registry

#include "services/notifier/domain/batch_sender.h"

#include <algorithm>

#include "absl/random/random.h"
#include "common/log/log.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/notifier/domain/case.h"

namespace oshirase::notifier {
namespace {

// Messages of cases remembered at once; a prefecture sends a handful at a time.
constexpr size_t kMaxMessages = 64;

double RandomFraction() {
  thread_local absl::BitGen generator;
  return absl::Uniform(generator, 0.0, 1.0);
}

}  // namespace

struct BatchSender::Letter {
  crypto::SharedKey case_key;
  Recipients recipients;
  std::shared_ptr<const std::string> messages;
  std::optional<BatchContent> rewritten;
  std::string retry_key;
  std::string body;
  int attempts = 0;  // this one included
};

BatchSender::BatchSender(Parts parts) : parts_(std::move(parts)) {}

absl::Status BatchSender::Send(const ClaimedBatch& batch) {
  if (IsTooLate(batch, parts_.clock())) {
    return End({.batch_id = batch.batch_id,
                .case_id = batch.case_id,
                .lease_id = batch.lease_id,
                .outcome = AttemptEnd::Outcome::kUnknown,
                .now = parts_.clock(),
                .doubtful = true});
  }
  auto letter = Prepare(batch);
  if (absl::IsDataLoss(letter.status())) return PauseFor(batch, letter.status());
  RETURN_IF_ERROR(letter.status());
  return Attempt(batch, *letter);
}

absl::StatusOr<BatchSender::Letter> BatchSender::Prepare(const ClaimedBatch& batch) {
  ASSIGN_OR_RETURN(Letter letter, Open(batch));
  if (!batch.first_attempt_time.has_value()) RETURN_IF_ERROR(LeaveOutDeparted(batch, letter));
  return letter;
}

absl::Status BatchSender::PauseFor(const ClaimedBatch& batch, const absl::Status& loss) {
  const std::string reason = ReasonOf(loss);
  AttemptEnd end{.batch_id = batch.batch_id,
                 .case_id = batch.case_id,
                 .lease_id = batch.lease_id,
                 .now = parts_.clock(),
                 .doubtful = batch.doubtful,
                 .pause_reason = reason.empty() ? kPausedUnreadable : reason};
  return End(end);
}

absl::StatusOr<BatchSender::Letter> BatchSender::Open(const ClaimedBatch& batch) {
  Letter letter{.retry_key = batch.content.retry_key, .attempts = batch.attempts + 1};
  ASSIGN_OR_RETURN(letter.case_key, parts_.named_keys.Get({keyring::kCaseKey, batch.case_id}));
  ASSIGN_OR_RETURN(letter.messages, MessageOf(batch));
  ASSIGN_OR_RETURN(letter.recipients,
                   OpenRecipients(*letter.case_key, {batch.case_id, batch.batch_id},
                                  batch.content.sealed_recipients));
  letter.body = MulticastBody(letter.recipients, *letter.messages);
  if (crypto::Sha256(letter.body) != batch.content.body_sha256) {
    return ReasonedError(absl::StatusCode::kDataLoss, kPausedUnreadable,
                         "a batch's body is not the one that was planned");
  }
  return letter;
}

absl::Status BatchSender::LeaveOutDeparted(const ClaimedBatch& batch, Letter& letter) {
  ASSIGN_OR_RETURN(Recipients remaining, parts_.departures.Remaining(letter.recipients));
  if (remaining.size() == letter.recipients.size()) return absl::OkStatus();
  const BatchMaker maker{*letter.case_key, batch.case_id, batch.language, *letter.messages};
  letter.rewritten = maker.MakeContent(batch.batch_id, remaining);
  letter.retry_key = letter.rewritten->retry_key;
  letter.recipients = std::move(remaining);
  letter.body = MulticastBody(letter.recipients, *letter.messages);
  return absl::OkStatus();
}

absl::Status BatchSender::Attempt(const ClaimedBatch& batch, Letter& letter) {
  const bool nobody = letter.recipients.empty();
  if (!nobody && !parts_.wait(parts_.pacer.Reserve(parts_.steady_clock()))) {
    return parts_.outbox.Release(batch, parts_.clock());
  }
  const absl::Time now = parts_.clock();
  // Waiting took time; the limit holds at the moment of sending.
  if (IsTooLate(batch, now)) return parts_.outbox.Release(batch, now);
  const auto first = parts_.outbox.BeginAttempt({.batch_id = batch.batch_id,
                                                 .lease_id = batch.lease_id,
                                                 .now = now,
                                                 .lease = kBatchLease,
                                                 .rewritten = letter.rewritten});
  if (absl::IsAborted(first.status())) return parts_.outbox.Release(batch, now);
  RETURN_IF_ERROR(first.status());
  if (nobody) {
    return Settle(batch, letter, {.kind = LineAnswer::Kind::kAnswered, .status = 200});
  }
  const absl::Time begin = parts_.steady_clock();
  {
    absl::MutexLock lock(&mu_);
    first_attempts_.try_emplace(batch.batch_id, begin);
  }
  const LineAnswer answer = parts_.line.Multicast(letter.retry_key, letter.body);
  const absl::Duration duration = parts_.steady_clock() - begin;
  parts_.observer.OnLineCall(answer.status, duration);
  LogInfo("LINE call", {{"case_request_id", batch.case_id},
                        {"method", "POST"},
                        {"endpoint", "/v2/bot/message/multicast"},
                        {"status", answer.status},
                        {"line_request_id", answer.request_id},
                        {"attempt", letter.attempts},
                        {"duration_ms", duration}});
  return Settle(batch, letter, answer);
}

absl::Status BatchSender::Settle(const ClaimedBatch& batch, const Letter& letter,
                                 const LineAnswer& answer) {
  return End(EndOf(batch, letter, answer));
}

AttemptEnd BatchSender::EndOf(const ClaimedBatch& batch, const Letter& letter,
                              const LineAnswer& answer) {
  using Outcome = AttemptEnd::Outcome;
  const Verdict verdict = Judge(answer, {.doubtful_before = batch.doubtful,
                                         .people = static_cast<int>(letter.recipients.size())});
  AttemptEnd end{.batch_id = batch.batch_id,
                 .case_id = batch.case_id,
                 .lease_id = batch.lease_id,
                 .now = parts_.clock(),
                 .doubtful = verdict.doubtful,
                 .line_status = answer.status,
                 .line_request_id = answer.request_id,
                 .line_accepted_request_id = answer.accepted_request_id,
                 .pause_reason = verdict.pause_reason};
  switch (verdict.action) {
    case Verdict::Action::kAccepted:
      end.outcome = Outcome::kAccepted;
      break;
    case Verdict::Action::kPause:
      end.outcome = Outcome::kRetry;
      end.retry_time = end.now;
      break;
    case Verdict::Action::kRetry: {
      const absl::Duration backoff = std::max(Backoff(letter.attempts, RandomFraction()),
                                              answer.retry_after.value_or(absl::ZeroDuration()));
      end.outcome = Outcome::kRetry;
      end.retry_time = end.now + backoff;
      if (verdict.too_fast) parts_.pacer.HoldBack(parts_.steady_clock(), absl::Milliseconds(500));
      if (verdict.unexplained) parts_.observer.OnUnexplainedLimit(end.now);
      break;
    }
    case Verdict::Action::kUnknown:
      end.outcome = Outcome::kUnknown;
      break;
    case Verdict::Action::kRejected:
    case Verdict::Action::kBisect:
      AddSplit(batch, letter, end);
      break;
  }
  return end;
}

// Halves a refused batch down to the person who spoils it. When both halves of one are refused, it
// is rather the message, and going on would only refuse everybody one by one: the case stops.
void BatchSender::AddSplit(const ClaimedBatch& batch, const Letter& letter, AttemptEnd& end) {
  if (!batch.parent_id.empty()) end.pause_reason_of_both = kPausedRefused;
  end.outcome = AttemptEnd::Outcome::kRejected;
  if (letter.recipients.size() < 2) return;
  end.outcome = AttemptEnd::Outcome::kSplit;
  const auto middle =
      letter.recipients.begin() + static_cast<ptrdiff_t>(letter.recipients.size() / 2);
  const BatchMaker maker{*letter.case_key, batch.case_id, batch.language, *letter.messages};
  end.split = BatchSplit{maker.Make({letter.recipients.begin(), middle}),
                         maker.Make({middle, letter.recipients.end()})};
}

absl::StatusOr<std::shared_ptr<const std::string>> BatchSender::MessageOf(
    const ClaimedBatch& batch) {
  const std::pair<std::string, std::string> key{batch.case_id, batch.language};
  {
    absl::MutexLock lock(&mu_);
    const auto found = messages_.find(key);
    if (found != messages_.end()) return found->second;
  }
  ASSIGN_OR_RETURN(std::string text, parts_.outbox.MessageOf(batch.case_id, batch.language));
  auto message = std::make_shared<const std::string>(std::move(text));
  absl::MutexLock lock(&mu_);
  if (messages_.size() >= kMaxMessages) messages_.clear();
  messages_[key] = message;
  return message;
}

bool BatchSender::IsTooLate(const ClaimedBatch& batch, absl::Time now) {
  if (!batch.first_attempt_time.has_value()) return false;
  if (now - *batch.first_attempt_time >= kLastAttempt) return true;
  absl::MutexLock lock(&mu_);
  const auto found = first_attempts_.find(batch.batch_id);
  return found != first_attempts_.end() && parts_.steady_clock() - found->second >= kLastAttempt;
}

absl::Status BatchSender::End(const AttemptEnd& end) {
  auto ended = parts_.outbox.EndAttempt(end);
  // A database that blinks should not cost the batch its lease.
  for (absl::Duration pause = absl::Milliseconds(100);
       absl::IsUnavailable(ended.status()) && pause < absl::Seconds(2) && parts_.wait(pause);
       pause *= 4) {
    ended = parts_.outbox.EndAttempt(end);
  }
  if (end.outcome != AttemptEnd::Outcome::kRetry) {
    absl::MutexLock lock(&mu_);
    first_attempts_.erase(end.batch_id);
  }
  // Somebody else holds the batch now, and will find out what we just did from LINE's answer.
  if (absl::IsAborted(ended.status())) return absl::OkStatus();
  RETURN_IF_ERROR(ended.status());
  if (!ended->empty()) parts_.observer.OnPaused(ended->c_str());
  if (end.outcome == AttemptEnd::Outcome::kRetry) return absl::OkStatus();
  return parts_.outbox.FinishCase(end.case_id, end.now).status();
}

}  // namespace oshirase::notifier

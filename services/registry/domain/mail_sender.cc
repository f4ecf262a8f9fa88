#include "services/registry/domain/mail_sender.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/registry/domain/mail_errors.h"

namespace oshirase::registry {
namespace {

constexpr absl::Duration kFirstBackoff = absl::Seconds(10);
constexpr absl::Duration kLongestBackoff = absl::Minutes(15);
constexpr int kDoublings = 7;
constexpr int kTriesInALife = 10;
// The server is spared by the dispatcher's pauses; the mail should go soon after it returns.
constexpr absl::Duration kLongestWaitForServer = absl::Minutes(2);

bool IsPermanent(const absl::Status& status) {
  return absl::IsInvalidArgument(status) || absl::IsFailedPrecondition(status) ||
         absl::IsNotFound(status) || absl::IsDataLoss(status);
}

// What the database and the metrics say of a failure: a name, never a message.
std::string NameOfFailure(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason.empty() ? absl::StatusCodeToString(status.code()) : reason;
}

MailEnd::Outcome OutcomeOf(const absl::Status& status) {
  if (status.ok()) return MailEnd::Outcome::kSent;
  if (ReasonOf(status) == keyring::kKeyDestroyed) return MailEnd::Outcome::kExpired;
  return IsPermanent(status) ? MailEnd::Outcome::kFailed : MailEnd::Outcome::kRetry;
}

void LogEnd(const ClaimedMail& claimed, const MailEnd& end) {
  if (end.outcome == MailEnd::Outcome::kSent) return;
  const bool again = end.outcome == MailEnd::Outcome::kRetry;
  Log(again ? LogLevel::kInfo : LogLevel::kWarning, again ? "mail put off" : "mail given up",
      {{"mail_id", end.mail_id},
       {"kind", NameOf(claimed.mail.kind)},
       {"reason", end.reason.empty() ? "MAIL_EXPIRED" : end.reason},
       {"attempts", claimed.attempts}});
}

}  // namespace

absl::Duration MailBackoff(int attempts, absl::Duration life, double random) {
  const absl::Duration whole =
      std::min({kFirstBackoff * (1 << std::clamp(attempts - 1, 0, kDoublings)), kLongestBackoff,
                std::max(life / kTriesInALife, kFirstBackoff)});
  return whole * (1 - random / 2);
}

absl::StatusOr<Mail> MailSender::Write(const OutboxMail& mail) {
  ASSIGN_OR_RETURN(const Letter letter, parts_.sealer.Open(mail));
  ASSIGN_OR_RETURN(Mail written, parts_.texts.Write(letter));
  for (const DocumentRef& ref : letter.documents) {
    ASSIGN_OR_RETURN(Attachment attachment, parts_.documents.Load(ref));
    written.attachments.push_back(std::move(attachment));
  }
  return written;
}

MailEnd MailSender::EndOf(const ClaimedMail& claimed, const absl::Status& status) {
  const OutboxMail& mail = claimed.mail;
  MailEnd end{.mail_id = mail.mail_id,
              .lease_id = claimed.lease_id,
              .outcome = OutcomeOf(status),
              .now = parts_.clock()};
  if (!status.ok()) end.reason = NameOfFailure(status);
  if (end.outcome == MailEnd::Outcome::kRetry) {
    absl::Duration wait =
        MailBackoff(claimed.attempts, mail.expire_time - mail.create_time, parts_.random());
    if (IsMailServerTrouble(status)) wait = std::min(wait, kLongestWaitForServer);
    // Not later than its end, at which it is taken once more to be put aside.
    end.retry_time = std::min(end.now + wait, mail.expire_time);
  }
  return end;
}

MailSender::Attempt MailSender::Send(const ClaimedMail& claimed) {
  const OutboxMail& mail = claimed.mail;
  Attempt attempt;
  const absl::Time start = absl::Now();
  if (parts_.clock() >= mail.expire_time) {
    attempt.end = {.mail_id = mail.mail_id,
                   .lease_id = claimed.lease_id,
                   .outcome = MailEnd::Outcome::kExpired,
                   .now = parts_.clock()};
  } else {
    const auto written = Write(mail);
    const absl::Status status =
        written.ok() ? parts_.mailer.Send(*written, mail.mail_id) : written.status();
    if (written.ok())
      attempt.server = IsMailServerTrouble(status) ? Server::kInTrouble : Server::kUsable;
    attempt.end = EndOf(claimed, status);
  }
  LogEnd(claimed, attempt.end);
  parts_.observer.OnAttempt(mail.kind, attempt.end.outcome, attempt.end.reason,
                            absl::Now() - start);
  return attempt;
}

}  // namespace oshirase::registry

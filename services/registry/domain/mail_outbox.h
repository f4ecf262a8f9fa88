// Mails on their way. A mail is written here inside the transaction of what it tells of (see
// EnqueueMail in store/postgres_mail_outbox.h), so that neither exists without the other, and
// sealed before it comes here: no address and no link is in the database, its log or its backups.
// Implemented by PostgresMailOutbox and by a fake; both pass testing/mail_outbox_contract.h.
//
// A mail goes QUEUED -> SENT | FAILED | EXPIRED, and its content is gone once it has left QUEUED.
// A process that dies between the mail server's yes and SENT leaves it QUEUED: it is sent again,
// under the same Message-ID. SMTP has nothing better to offer; twice is better than never.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/letter.h"

namespace oshirase::registry {

// Made by LetterSealer.
struct OutboxMail {
  std::string mail_id;  // a fresh UUID, the left part of the Message-ID
  MailKind kind = MailKind::kConfirmMailbox;
  std::string sealed_letter;
  absl::Time create_time;
  absl::Time expire_time;  // from here on it is not sent any more
};

// A mail that a worker holds.
struct ClaimedMail {
  OutboxMail mail;
  std::string lease_id;
  int attempts = 0;  // this one included
};

struct MailClaim {
  absl::Time now;
  absl::Duration lease;
  int limit = 1;
};

// What became of an attempt.
struct MailEnd {
  enum class Outcome {
    kSent,
    kRetry,    // again at `retry_time`
    kFailed,   // never again
    kExpired,  // its time is over
  };
  std::string mail_id;
  std::string lease_id;
  Outcome outcome = Outcome::kRetry;
  absl::Time now;
  // Why it did not work, UPPER_SNAKE; "" keeps the reason of the attempt before.
  std::string reason;
  absl::Time retry_time;  // for kRetry
};

// What is in the queue, for metrics.
struct MailFigures {
  std::map<MailKind, int64_t> queued;
  std::optional<absl::Time> oldest_create_time;  // of those queued
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached; with reason
// COMMIT_IN_DOUBT the change may have happened.
class MailOutbox {
 public:
  virtual ~MailOutbox() = default;

  // Puts in a mail that belongs to no other change. One with the same id is not put in again.
  virtual absl::Status Enqueue(const OutboxMail& mail) = 0;

  // Takes mails whose time has come for the length of a lease, those that expire first before the
  // others: a link for half an hour passes by fifty thousand certificates. Never waits for one
  // that another worker is taking. A mail whose lease ended is there again.
  virtual absl::StatusOr<std::vector<ClaimedMail>> Claim(const MailClaim& claim) = 0;

  // When the next mail can be claimed; nothing when there is none.
  virtual absl::StatusOr<std::optional<absl::Time>> NextClaimTime() = 0;

  // Notes how an attempt ended; the letter is blanked unless it goes on. That it was sent counts
  // whoever has the lease. Everything else returns ABORTED, reason MAIL_LEASE_LOST, and changes
  // nothing, when the lease is lost.
  virtual absl::Status End(const MailEnd& end) = 0;

  // Deletes mails that left the queue before `time`, and returns how many. Idempotent.
  virtual absl::StatusOr<int64_t> ForgetSettled(absl::Time time) = 0;

  virtual absl::StatusOr<MailFigures> Figures() = 0;
};

}  // namespace oshirase::registry

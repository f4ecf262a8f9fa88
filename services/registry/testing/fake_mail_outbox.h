// A MailOutbox in memory that can be told to fail. It cannot show what two processes do at once,
// nor that a mail and what it tells of are one transaction.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/registry/domain/mail_outbox.h"

namespace oshirase::registry {

// Thread-safe.
class FakeMailOutbox final : public MailOutbox {
 public:
  enum class State { kQueued, kSent, kFailed, kExpired };
  struct Row {
    OutboxMail mail;
    State state = State::kQueued;
    absl::Time claim_time;
    std::optional<absl::Time> settle_time;
    std::string lease_id;
    int attempts = 0;
    std::string reason;
  };

  // The next call, or the next End(), returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status);
  void FailNextEnd(absl::Status status);

  // All mails that were put in and not forgotten, oldest first.
  std::vector<Row> rows() const;
  // The only one.
  Row row() const;

  absl::Status Enqueue(const OutboxMail& mail) override;
  absl::StatusOr<std::vector<ClaimedMail>> Claim(const MailClaim& claim) override;
  absl::StatusOr<std::optional<absl::Time>> NextClaimTime() override;
  absl::Status End(const MailEnd& end) override;
  absl::StatusOr<int64_t> ForgetSettled(absl::Time time) override;
  absl::StatusOr<MailFigures> Figures() override;

 private:
  static absl::Status Next(std::deque<absl::Status>& failures);
  static void Settle(Row& row, const MailEnd& end);

  mutable absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::deque<absl::Status> end_failures_ ABSL_GUARDED_BY(mu_);
  std::vector<Row> rows_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::registry

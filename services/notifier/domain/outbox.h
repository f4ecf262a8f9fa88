// Batches of recipients on their way to LINE. Everything that makes a send happen exactly once is
// committed here before the first byte leaves: the recipients (sealed), the retry key, and the hash
// of the body. Implemented by PostgresOutbox and by a fake; both pass testing/outbox_contract.h.
//
// A batch goes PLANNED -> SENDING -> ACCEPTED | SPLIT | REJECTED | UNKNOWN | UNSENT | CANCELLED.
// SENDING means that a worker has it or that it waits for its next attempt, always with the same
// bytes and key.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/keyed_hash.h"
#include "common/crypto/officer_signature.h"
#include "services/notifier/domain/audit_event.h"
#include "services/notifier/domain/case.h"

namespace oshirase::notifier {

// The part of a batch that is made anew when its recipients change.
struct BatchContent {
  std::string retry_key;  // a fresh UUID
  crypto::Digest body_sha256{};
  std::string sealed_recipients;
  int people = 0;
};

struct NewBatch {
  std::string batch_id;  // a fresh UUID
  std::string language;
  BatchContent content;
};

// What opening a case found, written in one transaction.
struct CasePlan {
  std::string case_id;
  std::vector<NewBatch> batches;
  // Keyed hashes, under the case key, of exactly the people in `batches`.
  std::vector<crypto::Hash> told;
  int64_t suppressed = 0;  // people without a batch who are left out, in all
  int64_t unreadable = 0;  // visits under lost keys, in all
  int64_t rows_seen = 0;   // rows of the case's hours, in all
  absl::Time release_end_time;
  absl::Time now;
};

// A batch that a worker holds.
struct ClaimedBatch {
  std::string batch_id;
  std::string case_id;
  std::string parent_id;  // "" unless it is half of a split one
  std::string lease_id;
  std::string language;
  BatchContent content;
  int attempts = 0;
  // Whether an earlier attempt may have been accepted without our knowing.
  bool doubtful = false;
  std::optional<absl::Time> first_attempt_time;
};

struct ClaimRequest {
  absl::Time now;
  absl::Duration lease;
  int limit = 1;
};

// The start of an attempt, committed before its first byte leaves.
struct AttemptStart {
  std::string batch_id;
  std::string lease_id;
  absl::Time now;
  absl::Duration lease;
  // For a batch never tried: what remains of it after leaving out people who left meanwhile.
  std::optional<BatchContent> rewritten;
};

// The halves of a batch that LINE refused.
struct BatchSplit {
  NewBatch first;
  NewBatch second;
};

// What became of an attempt.
struct AttemptEnd {
  enum class Outcome {
    kAccepted,  // by LINE, now or before
    kRetry,     // again at `retry_time`, same bytes, same key
    kSplit,     // halves instead
    kRejected,  // refused for good
    kUnknown,   // may or may not have been accepted; a person decides
  };
  std::string batch_id;
  std::string case_id;
  std::string lease_id;
  Outcome outcome = Outcome::kRetry;
  absl::Time now;
  bool doubtful = false;  // whether it, or an earlier one, may have been accepted
  int line_status = 0;    // 0: no answer
  std::string line_request_id;
  std::string line_accepted_request_id;
  std::optional<absl::Time> retry_time;  // for kRetry
  std::optional<BatchSplit> split;       // for kSplit
  // The case stops with this reason, in the same transaction, unless it stands already.
  std::string pause_reason;
  // For half of a split batch that was refused: the case stops with this reason when LINE answered
  // the other half with the same status.
  std::string pause_reason_of_both;
};

// What a person decided about batches in UNKNOWN.
enum class Settlement { kResend, kGiveUp };

// Cases and batches by state, for metrics.
struct OutboxFigures {
  std::map<CaseState, int64_t> cases;

  int64_t planned = 0;
  int64_t sending = 0;
  int64_t unknown = 0;
  std::optional<absl::Time> oldest_open;  // when the oldest batch not settled was planned
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached; with reason
// COMMIT_IN_DOUBT the change may have happened.
class Outbox {
 public:
  virtual ~Outbox() = default;

  // Keyed hashes of the people a case has batches for.
  virtual absl::StatusOr<std::vector<crypto::Hash>> ToldPeople(const std::string& case_id) = 0;

  // Writes batches and the people in them; the case goes from APPROVED to SENDING (SENT when it
  // never had a batch), and back from SENT or PARTIAL to SENDING when there are new ones. PAUSED
  // stays. Returns FAILED_PRECONDITION CASE_FINISHED for other states, and ALREADY_EXISTS, having
  // written nothing, when one of `told` is there already: another plan came first, so open again.
  virtual absl::Status Plan(const CasePlan& plan, const AuditEvent& event) = 0;

  // Takes batches of cases in SENDING whose time has come, oldest first, for the length of a lease.
  // A batch whose lease ended during an attempt comes back doubtful. Never blocks on one that
  // another worker is taking.
  virtual absl::StatusOr<std::vector<ClaimedBatch>> Claim(const ClaimRequest& request) = 0;

  // When the next batch of a case in SENDING can be claimed; nothing when there is none.
  virtual absl::StatusOr<std::optional<absl::Time>> NextClaimTime() = 0;

  // The messages of a case in one language. Returns NOT_FOUND CASE_NOT_FOUND.
  virtual absl::StatusOr<std::string> MessageOf(const std::string& case_id,
                                                const std::string& language) = 0;

  // Notes an attempt (from now on it is doubtful until answered) and renews the lease. Returns when
  // the first attempt was. Returns ABORTED, and changes nothing, when the attempt must not be made:
  // the case is not in SENDING any more or the lease is lost.
  virtual absl::StatusOr<absl::Time> BeginAttempt(const AttemptStart& start) = 0;

  // Notes how an attempt ended and gives the batch back. Recipients are blanked unless the batch
  // goes on or is in UNKNOWN. An acceptance counts whoever holds the lease now; everything else
  // returns ABORTED, and changes nothing, when the lease is lost. In a cancelled case what would
  // go on becomes CANCELLED, or UNKNOWN when doubtful. Returns the reason with which the case
  // stopped, or "" when it did not: of two halves that end at once one sees the other.
  virtual absl::StatusOr<std::string> EndAttempt(const AttemptEnd& end) = 0;

  // Gives back a batch without an attempt. Idempotent.
  virtual absl::Status Release(const ClaimedBatch& batch, absl::Time now) = 0;

  // Moves a case in SENDING without open batches to SENT, PARTIAL, or (when LINE accepted none of
  // several) PAUSED, with an audit entry. Otherwise does nothing. Returns whether it did.
  virtual absl::StatusOr<bool> FinishCase(const std::string& case_id, absl::Time now) = 0;

  // Cases in SENDING: those a process that died may have left to finish.
  virtual absl::StatusOr<std::vector<std::string>> CasesInSending() = 0;

  // Carries out a person's decision. Resending makes fresh keys and brings the case back to
  // SENDING, unless it is PAUSED for another reason than that LINE accepted nothing. Returns
  // NOT_FOUND CASE_NOT_FOUND, FAILED_PRECONDITION NOTHING_TO_SETTLE.
  virtual absl::Status SettleUnknown(const std::string& case_id, Settlement settlement,
                                     const AuditEvent& event) = 0;

  // Ends what a dead worker held of cancelled cases.
  virtual absl::Status SweepCancelled(absl::Time now) = 0;

  // Approved cases whose key must end at `now`: nothing open and no late visit possible, or
  // approved before `oldest_approval` whatever is open. Cases that were never opened are among
  // them: an opening may have made their key and gone no further.
  virtual absl::StatusOr<std::vector<std::string>> CasesToForget(absl::Time now,
                                                                 absl::Time oldest_approval) = 0;

  // Ends the case and what is open of it (UNSENT, or UNKNOWN when doubtful), blanks all recipients
  // and forgets who was told. To be called before the case key is destroyed. Idempotent.
  virtual absl::Status Forget(const std::string& case_id, absl::Time now) = 0;

  // Notes that the case key is destroyed too; until then the case is one of CasesToForget().
  // Idempotent.
  virtual absl::Status MarkForgotten(const std::string& case_id, absl::Time now) = 0;

  // Those of `case_ids` that are marked forgotten; what is no case's id is left out.
  virtual absl::StatusOr<std::vector<std::string>> Forgotten(
      const std::vector<std::string>& case_ids) = 0;

  virtual absl::StatusOr<OutboxFigures> Figures() = 0;
};

}  // namespace oshirase::notifier

// One attempt at one batch, from the claim to its outcome. Every step that matters is committed
// before the next begins, so that the process may die anywhere: the batch then comes back with the
// same bytes and key, and LINE answers 409 if it had it already.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/keyring/keyring.h"
#include "common/time/clock.h"
#include "services/notifier/domain/departures.h"
#include "services/notifier/domain/line_client.h"
#include "services/notifier/domain/outbox.h"
#include "services/notifier/domain/pacer.h"
#include "services/notifier/domain/recipients.h"
#include "services/notifier/domain/send_observer.h"
#include "services/notifier/domain/verdict.h"

namespace oshirase::notifier {

// No attempt later than this after the first: LINE forgets a retry key after 24 h, and the same key
// would then be a second message.
inline constexpr absl::Duration kLastAttempt = absl::Hours(23);
// Longer than the longest call to LINE, so that a batch comes back only from the dead.
inline constexpr absl::Duration kBatchLease = absl::Seconds(20);

// Thread-safe.
class BatchSender {
 public:
  struct Parts {
    Outbox& outbox;
    LineClient& line;
    Departures& departures;
    keyring::Keyring& named_keys;  // holds the case keys
    Pacer& pacer;
    SendObserver& observer;
    Clock clock;
    // A clock that never goes back, whatever is done to the machine's.
    Clock steady_clock;
    // Waits; false when the process is stopping and the attempt should not be made any more.
    std::function<bool(absl::Duration)> wait;
  };

  // The parts must outlive it.
  explicit BatchSender(Parts parts);

  // Sends a claimed batch once and notes what became of it. When its recipients cannot be opened,
  // are not those that were planned, or nobody can tell who left, the case pauses and the batch
  // stays. Returns UNAVAILABLE when database or keyring failed; the batch is then left to its
  // lease.
  absl::Status Send(const ClaimedBatch& batch);

 private:
  struct Letter;  // a batch that was opened and can be sent

  absl::StatusOr<Letter> Prepare(const ClaimedBatch& batch);
  absl::StatusOr<Letter> Open(const ClaimedBatch& batch);
  absl::Status PauseFor(const ClaimedBatch& batch, const absl::Status& loss);
  absl::Status LeaveOutDeparted(const ClaimedBatch& batch, Letter& letter);
  absl::Status Attempt(const ClaimedBatch& batch, Letter& letter);
  absl::Status Settle(const ClaimedBatch& batch, const Letter& letter, const LineAnswer& answer);
  AttemptEnd EndOf(const ClaimedBatch& batch, const Letter& letter, const LineAnswer& answer);
  void AddSplit(const ClaimedBatch& batch, const Letter& letter, AttemptEnd& end);
  absl::StatusOr<std::shared_ptr<const std::string>> MessageOf(const ClaimedBatch& batch);
  bool IsTooLate(const ClaimedBatch& batch, absl::Time now);
  absl::Status End(const AttemptEnd& end);

  Parts parts_;
  absl::Mutex mu_;
  // By case id and language; messages never change, and few cases are sent at once.
  absl::flat_hash_map<std::pair<std::string, std::string>, std::shared_ptr<const std::string>>
      messages_ ABSL_GUARDED_BY(mu_);
  // Steady time of the first attempt of batches still open, by batch id.
  absl::flat_hash_map<std::string, absl::Time> first_attempts_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::notifier

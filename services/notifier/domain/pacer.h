// Keeps the pace of calls to LINE: LINE allows 200 multicasts a second to a channel and forgives
// little, so we stay just below, in memory, in the one process that sends.
#pragma once

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace oshirase::notifier {

// A token bucket. Times are those of a steady clock of the caller's. Thread-safe.
class Pacer {
 public:
  // `rate` calls a second, at least 1; at most `burst` of them at once.
  Pacer(double rate, int burst, absl::Time now);

  // Takes the next place and returns how long to wait for it.
  absl::Duration Reserve(absl::Time now);

  // LINE said "too fast": nobody goes before `now + pause`.
  void HoldBack(absl::Time now, absl::Duration pause);

 private:
  const absl::Duration interval_;
  const absl::Duration burst_length_;
  absl::Mutex mu_;
  // When the next call would go if calls were evenly spread; may lie a burst in the past.
  absl::Time next_ ABSL_GUARDED_BY(mu_);
  absl::Time held_until_ ABSL_GUARDED_BY(mu_) = absl::InfinitePast();
};

}  // namespace oshirase::notifier

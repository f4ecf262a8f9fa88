// Sends what is in the outbox: one thread claims, many send. Wakes at once when batches were
// planned, and by itself when the next attempt of one is due.
#pragma once

#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/notifier/domain/batch_sender.h"
#include "services/notifier/domain/outbox.h"

namespace oshirase::notifier {

struct SenderOptions {
  // Calls in flight: rate times LINE's answer time. 200 keep 198 calls a second going at 1 s each.
  int workers = 200;
  // How long to sleep at most: what another process planned is found then.
  absl::Duration longest_sleep = absl::Seconds(1);
};

// Thread-safe.
class Sender {
 public:
  // `outbox` must outlive it. BatchSender's wait is this object's business; see Wait().
  Sender(Outbox& outbox, Clock clock, SenderOptions options);
  ~Sender();

  // Starts the threads. `batch_sender` must live until Stop() returned.
  void Start(BatchSender& batch_sender);

  // There may be something to send now.
  void Wake();

  // Ends the threads: calls in flight end by themselves, nothing new begins. Idempotent.
  void Stop();

  // Waits that long; false, at once, when stopping.
  bool Wait(absl::Duration duration);

 private:
  void ClaimLoop();
  void WorkLoop(BatchSender& batch_sender);
  // Waits for a free worker and for something to do; how many batches to claim, 0 when stopping.
  int WaitForRoom();
  void Sleep(absl::Time until);

  Outbox& outbox_;
  const Clock clock_;
  const SenderOptions options_;
  std::vector<std::thread> threads_;

  absl::Mutex mu_;
  absl::CondVar work_;     // a batch was queued
  absl::CondVar room_;     // a worker became idle
  absl::CondVar awake_;    // woken_
  absl::CondVar stopped_;  // stopping_; as are all the others
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  bool woken_ ABSL_GUARDED_BY(mu_) = false;
  int idle_ ABSL_GUARDED_BY(mu_) = 0;
  std::deque<ClaimedBatch> queue_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::notifier

// Something done again and again in a thread of its own, and at once when woken.
#pragma once

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace oshirase::notifier {

// Thread-safe.
class PeriodicTask {
 public:
  // Starts: runs `task` now and then every `period`. What `task` uses must outlive this.
  PeriodicTask(absl::Duration period, std::function<void()> task);
  // Waits for a run in progress.
  ~PeriodicTask();

  // Runs it again as soon as the run in progress is over.
  void Wake();

 private:
  void Loop();

  const absl::Duration period_;
  const std::function<void()> task_;
  absl::Mutex mu_;
  absl::CondVar disturbed_;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  bool woken_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace oshirase::notifier

// Where a process may die. Fakes take a step before and after each thing they do; a test says at
// which step the process is gone, and from there nothing it does has any effect.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace oshirase::notifier {

// Thread-safe.
class Lifeline {
 public:
  // The process dies at the step so many steps from now (0: the next one).
  void DieAfter(int steps) {
    absl::MutexLock lock(&mu_);
    left_ = steps;
    dead_ = false;
  }

  // Another process takes over, and lives.
  void Restart() {
    absl::MutexLock lock(&mu_);
    left_ = std::numeric_limits<int>::max();
    dead_ = false;
  }

  // Whether the process is still there after this step.
  bool Step() {
    absl::MutexLock lock(&mu_);
    if (left_-- == 0) dead_ = true;
    return !dead_;
  }

  bool dead() const {
    absl::MutexLock lock(&mu_);
    return dead_;
  }

 private:
  mutable absl::Mutex mu_;
  int left_ ABSL_GUARDED_BY(mu_) = std::numeric_limits<int>::max();
  bool dead_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace oshirase::notifier

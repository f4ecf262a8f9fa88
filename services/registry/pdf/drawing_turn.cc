#include "services/registry/pdf/drawing_turn.h"

#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace oshirase::registry::pdf {
namespace {

// absl::Mutex alone would give the turn back to the thread that just gave it up.
class Queue {
 public:
  void Wait() {
    const absl::MutexLock lock(&mutex_);
    const uint64_t ticket = next_++;
    const auto is_called = [&] {
      mutex_.AssertHeld();
      return called_ == ticket;
    };
    mutex_.Await(absl::Condition(&is_called));
  }

  void CallNext() {
    const absl::MutexLock lock(&mutex_);
    ++called_;
  }

 private:
  absl::Mutex mutex_;
  uint64_t next_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t called_ ABSL_GUARDED_BY(mutex_) = 0;
};

// Of the process, as cairo's faces are; never destroyed.
Queue& TheQueue() {
  static Queue& queue = *new Queue;
  return queue;
}

}  // namespace

DrawingTurn::DrawingTurn() { TheQueue().Wait(); }

DrawingTurn::~DrawingTurn() { TheQueue().CallNext(); }

void DrawingTurn::PassOn() {
  TheQueue().CallNext();
  TheQueue().Wait();
}

}  // namespace oshirase::registry::pdf

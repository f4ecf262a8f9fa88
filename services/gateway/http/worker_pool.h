// The threads that serve connections, one connection each, and the short queue in front of them.
#pragma once

#include <httplib.h>

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace oshirase::gateway {

// Thread-safe.
class WorkerPool : public httplib::TaskQueue {
 public:
  // Starts `threads` threads. At most `queue_limit` tasks wait for one.
  WorkerPool(size_t threads, size_t queue_limit);
  ~WorkerPool() override;

  // Hands `task` to a thread. With the queue full it runs here, in the accepting thread, which
  // tells the task that there is no room for it.
  void enqueue(std::function<void()> task) override;

  // Ends when all tasks are done.
  void shutdown() override;

 private:
  void Work();

  const size_t queue_limit_;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<std::function<void()>> tasks_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

}  // namespace oshirase::gateway

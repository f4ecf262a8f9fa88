// A ReplySender that keeps what it was given.
#pragma once

#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/line/reply_sender.h"

namespace oshirase::gateway {

// Thread-safe.
class FakeReplySender : public ReplySender {
 public:
  void Send(Reply reply) override {
    const absl::MutexLock lock(&mutex_);
    replies_.push_back(std::move(reply));
  }

  std::vector<Reply> replies() const {
    const absl::MutexLock lock(&mutex_);
    return replies_;
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<Reply> replies_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway

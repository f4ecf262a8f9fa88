// Ctrl-C during long work: instead of ending the program at once, it ends the call that runs, so
// that the officer is told how to go on.
#pragma once

#include <atomic>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/client_context.h"

namespace oshirase::authority {

// From its making to its end SIGINT and SIGTERM are taken. At most one exists at a time.
// Thread-safe.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  // Whether a signal came.
  bool happened() const;

  // Waits for `duration`, or until a signal comes.
  void Wait(absl::Duration duration);

  // A signal cancels `context`, at once if it came before. Null: none. It must be taken back before
  // the context ends.
  void Cancels(grpc::ClientContext* context);

 private:
  void Watch();

  mutable absl::Mutex mutex_;
  bool happened_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mutex_) = nullptr;
  int wake_up_;  // An eventfd that the signal handler writes to.
  std::atomic<bool> over_ = false;
  std::thread watcher_;
};

}  // namespace oshirase::authority

#include "common/log/buffered_sink.h"

#include <csignal>

namespace oshirase {
namespace {

// Lines of one write at most.
constexpr size_t kFlushAt = 64 * 1024;

// Signals are for the thread that waits for them; one that begins here inherits what is blocked.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~AllSignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

BufferedSink::BufferedSink(std::FILE* file, absl::Duration max_delay)
    : file_(file), max_delay_(max_delay) {
  const AllSignalsBlocked blocked;
  timer_ = std::thread([this] { FlushInTime(); });
}

BufferedSink::~BufferedSink() {
  {
    const absl::MutexLock lock(&timer_mutex_);
    ending_ = true;
  }
  timer_.join();
  flush();
}

void BufferedSink::sink_it_(const spdlog::details::log_msg& message) {
  const bool first = waiting_.empty();
  waiting_.append(message.payload.data(), message.payload.size()).push_back('\n');
  if (waiting_.size() >= kFlushAt) {
    flush_();
  } else if (first) {
    const absl::MutexLock lock(&timer_mutex_);
    set_ = true;
  }
}

void BufferedSink::flush_() {
  if (waiting_.empty()) return;
  std::fwrite(waiting_.data(), 1, waiting_.size(), file_);
  std::fflush(file_);
  waiting_.clear();
}

void BufferedSink::FlushInTime() {
  while (true) {
    {
      const absl::MutexLock lock(&timer_mutex_);
      timer_mutex_.Await(absl::Condition(
          +[](BufferedSink* self) ABSL_EXCLUSIVE_LOCKS_REQUIRED(self->timer_mutex_) {
            return self->set_ || self->ending_;
          },
          this));
      // The lines that come while this one waits go with it.
      timer_mutex_.AwaitWithTimeout(absl::Condition(&ending_), max_delay_);
      if (ending_) return;
      set_ = false;
    }
    flush();
  }
}

}  // namespace oshirase

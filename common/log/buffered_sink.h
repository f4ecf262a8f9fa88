// Where the lines of the log leave the process: gathered and written together, because a system
// call for each would cost more than making it.
#pragma once

#include <cstdio>
#include <mutex>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "spdlog/sinks/base_sink.h"

namespace oshirase {

// Thread-safe. A line waits at most `max_delay`; flush() writes at once, and so does the end.
class BufferedSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  // `file` must outlive the sink.
  explicit BufferedSink(std::FILE* file, absl::Duration max_delay = absl::Milliseconds(200));
  ~BufferedSink() override;

 protected:
  // Both are called under the base's mutex.
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override;

 private:
  void FlushInTime();

  std::FILE* const file_;
  const absl::Duration max_delay_;
  std::string waiting_;  // Guarded by the base's mutex.
  absl::Mutex timer_mutex_;
  bool set_ ABSL_GUARDED_BY(timer_mutex_) = false;
  bool ending_ ABSL_GUARDED_BY(timer_mutex_) = false;
  std::thread timer_;
};

}  // namespace oshirase

// Sends replies to LINE's reply endpoint from a thread of its own: many at once over few
// connections, each tried exactly once.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"
#include "services/gateway/line/reply_sender.h"

namespace oshirase::gateway {

struct HttpReplySenderOptions {
  // "https://api.line.me", without a trailing slash.
  std::string api_base;
  std::string channel_access_token;
  // Replies that may wait; further ones are dropped.
  size_t max_queue = 10'000;
  // Requests under way at once. LINE takes 2,000 replies a second.
  int max_in_flight = 200;
  absl::Duration connect_timeout = absl::Seconds(3);
  absl::Duration total_timeout = absl::Seconds(10);
  // A reply that has waited this long is dropped: LINE takes a token for about a minute.
  absl::Duration max_age = absl::Seconds(50);
};

// Counts how replies end in oshirase_replies_total{result}: accepted, refused (LINE answered 4xx),
// failed (5xx, or no answer), expired, dropped, repeated (not sent: its token was tried before, for
// an earlier delivery of the same event).
//
// Thread-safe.
class HttpReplySender : public ReplySender {
 public:
  // Starts the thread. `metrics` must outlive this.
  HttpReplySender(HttpReplySenderOptions options, Metrics& metrics);
  // As Shutdown(0).
  ~HttpReplySender() override;

  void Send(Reply reply) override;

  // Takes no more replies, sends those that wait for up to `grace`, and ends the thread.
  void Shutdown(absl::Duration grace);

 private:
  class Loop;

  struct Waiting {
    Reply reply;
    absl::Time since;
  };

  const HttpReplySenderOptions options_;
  prometheus::Counter& dropped_;
  prometheus::Gauge& queue_depth_;
  absl::Mutex mutex_;
  std::deque<Waiting> queue_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Time stop_by_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  std::unique_ptr<Loop> loop_;
  std::thread thread_;
};

}  // namespace oshirase::gateway

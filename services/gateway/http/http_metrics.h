// Rate, errors and durations of requests, by route.
#pragma once

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"

namespace oshirase::gateway {

// Thread-safe.
class HttpMetrics {
 public:
  // `metrics` must outlive this.
  explicit HttpMetrics(Metrics& metrics) : metrics_(metrics) {}

  // Counts in oshirase_http_requests_total{route,status} and
  // oshirase_http_request_duration_seconds{route}. `route` is a route's name, never a path.
  void Count(const std::string& route, int status, absl::Duration duration);

  // Counts requests refused before they were read, in oshirase_http_refusals_total{reason}.
  void CountRefusal(const std::string& reason);

 private:
  struct RouteCounters {
    prometheus::Histogram* duration = nullptr;
    absl::flat_hash_map<int, prometheus::Counter*> by_status;
  };

  Metrics& metrics_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, RouteCounters> routes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway

// What is counted of every call a server answers: how many, how they ended, how long they took.
#pragma once

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"

namespace oshirase {

// Thread-safe.
class RpcMetrics {
 public:
  // `metrics` must outlive this.
  explicit RpcMetrics(Metrics& metrics) : metrics_(metrics) {}

  // Counts a call in oshirase_rpc_calls_total{method,code} and
  // oshirase_rpc_duration_seconds{method}. `method` must be one the server has, never one a caller
  // made up: each is kept for ever.
  void CountCall(const std::string& method, absl::StatusCode code, absl::Duration duration);

  // Counts a call turned away before its handler, in oshirase_rpc_refusals_total{reason}.
  void CountRefusal(const std::string& reason);

 private:
  struct MethodCounters {
    prometheus::Histogram* duration = nullptr;
    absl::flat_hash_map<int, prometheus::Counter*> calls_by_code;
  };

  Metrics& metrics_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, MethodCounters> methods_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase

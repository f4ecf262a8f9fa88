#include "common/metrics/rpc_metrics.h"

namespace oshirase {

void RpcMetrics::CountCall(const std::string& method, absl::StatusCode code,
                           absl::Duration duration) {
  prometheus::Histogram* histogram = nullptr;
  prometheus::Counter* calls = nullptr;
  {
    const absl::MutexLock lock(&mutex_);
    MethodCounters& counters = methods_[method];
    if (counters.duration == nullptr) {
      counters.duration =
          &metrics_.Histogram("oshirase_rpc_duration_seconds", "How long calls took to answer.",
                              LatencyBounds(), {{"method", method}});
    }
    prometheus::Counter*& by_code = counters.calls_by_code[static_cast<int>(code)];
    if (by_code == nullptr) {
      by_code = &metrics_.Counter("oshirase_rpc_calls_total", "Calls answered.",
                                  {{"method", method}, {"code", absl::StatusCodeToString(code)}});
    }
    histogram = counters.duration;
    calls = by_code;
  }
  histogram->Observe(absl::ToDoubleSeconds(duration));
  calls->Increment();
}

void RpcMetrics::CountRefusal(const std::string& reason) {
  metrics_
      .Counter("oshirase_rpc_refusals_total", "Calls turned away before their handler.",
               {{"reason", reason}})
      .Increment();
}

}  // namespace oshirase

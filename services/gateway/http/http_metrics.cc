#include "services/gateway/http/http_metrics.h"

namespace oshirase::gateway {

void HttpMetrics::Count(const std::string& route, int status, absl::Duration duration) {
  prometheus::Counter* counter = nullptr;
  prometheus::Histogram* histogram = nullptr;
  {
    const absl::MutexLock lock(&mutex_);
    RouteCounters& counters = routes_[route];
    if (counters.duration == nullptr) {
      counters.duration = &metrics_.Histogram("oshirase_http_request_duration_seconds",
                                              "Time from a whole request to its answer.",
                                              LatencyBounds(), {{"route", route}});
    }
    prometheus::Counter*& by_status = counters.by_status[status];
    if (by_status == nullptr) {
      by_status = &metrics_.Counter("oshirase_http_requests_total", "Requests answered.",
                                    {{"route", route}, {"status", std::to_string(status)}});
    }
    counter = by_status;
    histogram = counters.duration;
  }
  counter->Increment();
  histogram->Observe(absl::ToDoubleSeconds(duration));
}

void HttpMetrics::CountRefusal(const std::string& reason) {
  metrics_
      .Counter("oshirase_http_refusals_total", "Requests refused before their body was read.",
               {{"reason", reason}})
      .Increment();
}

}  // namespace oshirase::gateway

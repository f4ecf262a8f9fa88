#include "services/gateway/batching/batch_metrics.h"

namespace oshirase::gateway {

BatchMetrics MakeBatchMetrics(Metrics& metrics, const std::string& name) {
  const prometheus::Labels labels = {{"batch", name}};
  return {.queue_depth = &metrics.Gauge("oshirase_batch_queue_depth",
                                        "Items waiting for the next call.", labels),
          .size = &metrics.Histogram("oshirase_batch_items", "Items sent with one call.",
                                     {1, 2, 5, 10, 20, 50, 100, 200, 500}, labels),
          .refused = &metrics.Counter("oshirase_batch_refused_total",
                                      "Items refused because too many were waiting.", labels)};
}

}  // namespace oshirase::gateway

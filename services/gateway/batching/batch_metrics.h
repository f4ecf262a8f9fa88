// What is counted of a batcher.
#pragma once

#include <string>

#include "common/metrics/metrics.h"

namespace oshirase::gateway {

struct BatchMetrics {
  prometheus::Gauge* queue_depth;
  prometheus::Histogram* size;
  prometheus::Counter* refused;
};

// The counters of the batcher called `name`: oshirase_batch_queue_depth{batch},
// oshirase_batch_items{batch} and oshirase_batch_refused_total{batch}.
BatchMetrics MakeBatchMetrics(Metrics& metrics, const std::string& name);

}  // namespace oshirase::gateway

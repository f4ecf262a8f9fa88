// What every process tells of itself, under the names Prometheus' own client libraries use.
#pragma once

#include <vector>

#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"

namespace oshirase {

// Reads /proc/self on each scrape: memory, CPU time, open files, threads, start time.
//
// Thread-safe.
class ProcessMetrics : public prometheus::Collectable {
 public:
  std::vector<prometheus::MetricFamily> Collect() const override;
};

}  // namespace oshirase

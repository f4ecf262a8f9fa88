// The counters of a process, in Prometheus' form. A label never holds an id of a person, venue,
// visit or case, an address or a token.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "prometheus/counter.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/labels.h"
#include "prometheus/registry.h"

namespace oshirase {

// Makes and owns the counters of a process; those of the process itself (memory, CPU, open files,
// start time) are always there. What it returns lives as long as it does and is thread-safe. Asking
// again with the same name and labels returns the same counter. Names follow Prometheus' rules:
// oshirase_<what>_<unit>, counters end in _total.
//
// Thread-safe.
class Metrics {
 public:
  Metrics();

  prometheus::Counter& Counter(const std::string& name, const std::string& help,
                               const prometheus::Labels& labels = {});
  prometheus::Gauge& Gauge(const std::string& name, const std::string& help,
                           const prometheus::Labels& labels = {});
  // `bounds` are the upper bounds of the buckets, ascending.
  prometheus::Histogram& Histogram(const std::string& name, const std::string& help,
                                   const std::vector<double>& bounds,
                                   const prometheus::Labels& labels = {});

  // What MetricsServer shows: the counters made here, and the process's own.
  const std::vector<std::shared_ptr<prometheus::Collectable>>& collectables() const {
    return collectables_;
  }

  // All counters as a scrape shows them.
  std::string Text() const;

 private:
  std::shared_ptr<prometheus::Registry> registry_;
  std::vector<std::shared_ptr<prometheus::Collectable>> collectables_;
};

// Bounds, in seconds, that suit calls between processes: 0.5 ms to 10 s.
const std::vector<double>& LatencyBounds();

}  // namespace oshirase

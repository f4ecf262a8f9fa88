// What the recorder's batches look like from outside.
#pragma once

#include "common/metrics/metrics.h"
#include "services/checkin/domain/recorder.h"

namespace oshirase::checkin {

// Thread-safe.
class RecorderMetrics {
 public:
  // `metrics` must outlive this.
  explicit RecorderMetrics(Metrics& metrics)
      : rows_(metrics.Histogram("oshirase_checkin_rows_per_commit", "Visits of one group commit.",
                                {1, 2, 5, 10, 20, 50, 100, 200, 500})),
        duration_(metrics.Histogram("oshirase_checkin_batch_duration_seconds",
                                    "Time from taking a batch to its answers.", LatencyBounds())),
        recorded_(metrics.Counter("oshirase_checkin_visits_recorded_total", "Visits stored.")),
        failed_(metrics.Counter("oshirase_checkin_batches_failed_total",
                                "Batches of which something could not be stored.")),
        unindexed_(metrics.Counter("oshirase_checkin_batches_unindexed_total",
                                   "Batches that were stored but did not reach the index.")) {}

  void Count(const BatchReport& report) {
    rows_.Observe(static_cast<double>(report.visits));
    duration_.Observe(absl::ToDoubleSeconds(report.duration));
    recorded_.Increment(static_cast<double>(report.recorded));
    if (!report.stored) failed_.Increment();
    if (!report.indexed) unindexed_.Increment();
  }

 private:
  prometheus::Histogram& rows_;
  prometheus::Histogram& duration_;
  prometheus::Counter& recorded_;
  prometheus::Counter& failed_;
  prometheus::Counter& unindexed_;
};

}  // namespace oshirase::checkin

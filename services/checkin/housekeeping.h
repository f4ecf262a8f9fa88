// The timers of check-in: days made and dropped, the index kept whole.
#pragma once

#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"
#include "services/checkin/domain/day_keeper.h"
#include "services/checkin/domain/index_keeper.h"
#include "services/checkin/domain/recorder.h"

namespace oshirase::checkin {

// Starts its threads when made and ends them when destroyed.
class Housekeeping {
 public:
  // All must outlive this.
  struct Parts {
    VisitStore& store;
    DayIndex& index;
    IndexHealth& index_health;
    DayKeeper& days;
    Recorder& recorder;
  };
  Housekeeping(Parts parts, Metrics& metrics);
  ~Housekeeping();

 private:
  bool Sleep(absl::Duration duration);  // Whether to go on.
  bool stopping();
  void TendDays();
  void TendIndex();

  const Parts parts_;
  IndexKeeper index_keeper_;
  prometheus::Gauge& waiting_;
  prometheus::Gauge& whole_days_;
  prometheus::Counter& rebuilt_;
  prometheus::Gauge& index_reachable_;
  absl::Mutex mu_;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::thread days_thread_;
  std::thread index_thread_;
};

}  // namespace oshirase::checkin

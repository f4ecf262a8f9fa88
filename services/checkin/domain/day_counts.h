// How many visits a venue had, day by day, as its business may know it: rounded, and not to the
// minute, so that nobody learns of a single visit by asking before and after it.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/checkin/domain/visit_store.h"

namespace oshirase::checkin {

struct DayCount {
  Day day;
  int32_t visits_floor = 0;  // rounded down to tens
};

// Thread-safe.
class DayCounts {
 public:
  static constexpr uint32_t kRounding = 10;
  // An answer is given again for so long.
  static constexpr absl::Duration kMemory = absl::Minutes(1);
  // So many venues are remembered; then all are forgotten.
  static constexpr size_t kMaxRemembered = 2000;

  // `store` must outlive it.
  DayCounts(VisitStore& store, Clock clock, int retention_days)
      : store_(store), clock_(std::move(clock)), retention_days_(retention_days) {}

  // The days within retention and today, oldest first, without gaps. Returns as VisitStore does.
  absl::StatusOr<std::vector<DayCount>> Of(const VenueId& venue);

 private:
  struct Answer {
    absl::Time time;
    std::vector<DayCount> counts;
  };

  VisitStore& store_;
  const Clock clock_;
  const int retention_days_;
  absl::Mutex mu_;
  absl::flat_hash_map<VenueId, Answer> answers_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::checkin

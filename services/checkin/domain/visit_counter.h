// Counting visits for a preview: by the index when it is whole, else by the rows.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "services/checkin/domain/day_index.h"
#include "services/checkin/domain/index_health.h"
#include "services/checkin/domain/visit_store.h"

namespace oshirase::checkin {

// Thread-safe.
class VisitCounter {
 public:
  struct Result {
    std::vector<HourCounts> counts;
    bool from_index = false;
  };

  // All must outlive the counter.
  VisitCounter(VisitStore& store, DayIndex& index, const IndexHealth& health)
      : store_(store), index_(index), health_(health) {}

  // One element per element of `list`; hours not asked for are 0. With `rows_only` the index is not
  // asked. Returns UNAVAILABLE only when the rows cannot be read.
  absl::StatusOr<Result> Count(const std::vector<VenueHours>& list, bool rows_only);

 private:
  VisitStore& store_;
  DayIndex& index_;
  const IndexHealth& health_;
};

}  // namespace oshirase::checkin

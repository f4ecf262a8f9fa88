#include "services/checkin/domain/visit_counter.h"

#include <algorithm>
#include <utility>

#include "common/status/macros.h"

namespace oshirase::checkin {

absl::StatusOr<VisitCounter::Result> VisitCounter::Count(const std::vector<VenueHours>& list,
                                                         bool rows_only) {
  const bool short_day = std::any_of(list.begin(), list.end(), [this](const VenueHours& item) {
    return health_.IsShort(item.day);
  });
  if (!rows_only && !short_day) {
    auto counts = index_.Count(list);
    if (counts.ok() && counts->has_value()) {
      return Result{.counts = **std::move(counts), .from_index = true};
    }
  }
  ASSIGN_OR_RETURN(auto counts, store_.Count(list));
  return Result{.counts = std::move(counts), .from_index = false};
}

}  // namespace oshirase::checkin

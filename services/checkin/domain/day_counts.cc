#include "services/checkin/domain/day_counts.h"

#include "common/status/macros.h"

namespace oshirase::checkin {

absl::StatusOr<std::vector<DayCount>> DayCounts::Of(const VenueId& venue) {
  const absl::Time now = clock_();
  {
    absl::MutexLock lock(&mu_);
    const auto found = answers_.find(venue);
    // The clock of a test may also go back.
    if (found != answers_.end() && now >= found->second.time && now < found->second.time + kMemory)
      return found->second.counts;
  }
  const Day first = DayOf(now) - retention_days_;
  ASSIGN_OR_RETURN(const auto visits, store_.CountDays(venue, first, DayOf(now)));
  Answer answer{.time = now, .counts = {}};
  for (size_t i = 0; i < visits.size(); ++i) {
    answer.counts.push_back(
        {.day = first + static_cast<int>(i),
         .visits_floor = static_cast<int32_t>(visits[i] / kRounding * kRounding)});
  }
  absl::MutexLock lock(&mu_);
  if (answers_.size() >= kMaxRemembered) answers_.clear();
  return (answers_[venue] = std::move(answer)).counts;
}

}  // namespace oshirase::checkin

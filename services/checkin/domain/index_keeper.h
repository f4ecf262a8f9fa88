// Keeps the day index whole by itself: a day without its mark (Redis was flushed, restarted, or
// never held it) is built anew from the store, while check-ins go on.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "services/checkin/domain/day_index.h"
#include "services/checkin/domain/index_health.h"
#include "services/checkin/domain/visit_store.h"

namespace oshirase::checkin {

// Not thread-safe; a timer calls Tend().
class IndexKeeper {
 public:
  // All must outlive the keeper. `should_stop` is asked between pages of a rebuild.
  IndexKeeper(VisitStore& store, DayIndex& index, IndexHealth& health,
              std::function<bool()> should_stop);

  // Rebuilds every day of the store that is not whole, newest first. The first call rebuilds
  // the days that visits can still be recorded for, marked or not: the process before this one may
  // have died between a commit and its index entry.
  //
  // Returns UNAVAILABLE when the store or the index cannot be reached; the next call goes on.
  absl::Status Tend();

  // How many visits rebuilds have added, and how many of the store's days are whole.
  int64_t visits_added() const { return visits_added_; }
  int64_t whole_days() const { return whole_days_; }

 private:
  absl::Status Rebuild(Day day);

  VisitStore& store_;
  DayIndex& index_;
  IndexHealth& health_;
  const std::function<bool()> should_stop_;
  bool first_ = true;
  std::atomic<int64_t> visits_added_{0};
  std::atomic<int64_t> whole_days_{0};
};

}  // namespace oshirase::checkin

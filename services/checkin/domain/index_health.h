// Which days of the index this process knows to be short of an entry: it could not write one after
// the visit was stored. Until IndexKeeper has rebuilt such a day, nobody here counts by it.
#pragma once

#include <set>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/time/japan_time.h"

namespace oshirase::checkin {

// Thread-safe.
class IndexHealth {
 public:
  void MarkShort(Day day) {
    absl::MutexLock lock(&mu_);
    short_days_.insert(day);
  }
  bool IsShort(Day day) const {
    absl::MutexLock lock(&mu_);
    return short_days_.contains(day);
  }
  std::set<Day> short_days() const {
    absl::MutexLock lock(&mu_);
    return short_days_;
  }
  // To be called before a rebuild reads the store: what fails from then on is noted again.
  void Clear(Day day) {
    absl::MutexLock lock(&mu_);
    short_days_.erase(day);
  }

 private:
  mutable absl::Mutex mu_;
  std::set<Day> short_days_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::checkin

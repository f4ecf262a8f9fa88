// A VisitCounter that answers what it was told. It cannot show the rounding, which is checkin's.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/backends/visit_counter.h"

namespace oshirase::gateway {

// Thread-safe.
class FakeVisitCounter : public VisitCounter {
 public:
  absl::StatusOr<std::vector<DayCount>> CountVenueDays(const std::string& venue_id,
                                                       const CallContext& /*call*/) override {
    const absl::MutexLock lock(&mutex_);
    asked_.push_back(venue_id);
    if (absl::Status status = std::exchange(next_, absl::OkStatus()); !status.ok()) return status;
    return days_;
  }

  // What every venue's days are from now on.
  void Answer(std::vector<DayCount> days) {
    const absl::MutexLock lock(&mutex_);
    days_ = std::move(days);
  }
  // The next call is answered with `status`.
  void FailNext(absl::Status status) {
    const absl::MutexLock lock(&mutex_);
    next_ = std::move(status);
  }
  // The venues asked for so far.
  std::vector<std::string> asked() const {
    const absl::MutexLock lock(&mutex_);
    return asked_;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Status next_ ABSL_GUARDED_BY(mutex_);
  std::vector<DayCount> days_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> asked_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway

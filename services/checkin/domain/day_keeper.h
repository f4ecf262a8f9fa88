// Makes room for the days visits are recorded for, and forgets those whose retention is over.
#pragma once

#include "absl/status/status.h"
#include "common/time/clock.h"
#include "services/checkin/domain/visit_store.h"

namespace oshirase::checkin {

// Not thread-safe; called at start and by a timer.
class DayKeeper {
 public:
  // `store` must outlive the keeper. A day is kept for `retention_days` after it ends.
  DayKeeper(VisitStore& store, Clock clock, int retention_days);

  // Makes room for yesterday to tomorrow and drops every day past its retention, catching up after
  // downtime. Idempotent. Returns the first failure; the next call goes on.
  absl::Status Tend();

 private:
  VisitStore& store_;
  const Clock clock_;
  const int retention_days_;
};

}  // namespace oshirase::checkin

// How many visits a venue had, day by day, as its business may know it: roughly.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/client/call_context.h"
#include "common/time/japan_time.h"

namespace oshirase::gateway {

struct DayCount {
  Day day;
  int visits_floor = 0;  // Rounded down to tens: 20 says 20 to 29.
};

// Thread-safe.
class VisitCounter {
 public:
  virtual ~VisitCounter() = default;

  // The days that visits are kept for, oldest first and without gaps; the last is today, which is
  // not over. Does not ask whose venue it is: the caller has found that out. Returns UNAVAILABLE or
  // DEADLINE_EXCEEDED when there was no answer.
  virtual absl::StatusOr<std::vector<DayCount>> CountVenueDays(const std::string& venue_id,
                                                               const CallContext& call) = 0;
};

}  // namespace oshirase::gateway

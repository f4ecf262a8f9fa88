// The day index: how many visits each venue had in each hour of a day. An index, never the truth:
// losing it costs speed, a wrong entry changes no recipient, and it is rebuilt from the VisitStore
// by IndexKeeper without a hand. It is written after the commit.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/checkin/domain/visit.h"

namespace oshirase::checkin {

// Thread-safe. Every method returns UNAVAILABLE when the index cannot be reached.
class DayIndex {
 public:
  virtual ~DayIndex() = default;

  // Adds visits. Idempotent by visit id. They expire with their day's retention.
  virtual absl::Status Add(const std::vector<Visit>& visits) = 0;

  // The counts by hour, or nothing when one of the days is not whole.
  virtual absl::StatusOr<std::optional<std::vector<HourCounts>>> Count(
      const std::vector<VenueHours>& list) = 0;

  // The days marked as whole.
  virtual absl::StatusOr<std::vector<Day>> WholeDays() = 0;

  // Marks a day as whole: everything stored so far was added. Idempotent.
  virtual absl::Status MarkWhole(Day day) = 0;

  // Takes the mark away, so that nobody counts by this day's entries, and forgets what is
  // believed of them. Idempotent.
  virtual absl::Status MarkBroken(Day day) = 0;
};

}  // namespace oshirase::checkin

// The cap on visits a person and day, kept where memory may be lost: a limit on abuse, not a
// record.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/japan_time.h"

namespace oshirase::checkin {

using Tag = std::array<uint8_t, 16>;

inline constexpr int kVisitsPerPersonAndDay = 20;

struct Admission {
  Day day;
  Tag person{};
  Tag event{};
};

// Thread-safe.
class VisitCap {
 public:
  virtual ~VisitCap() = default;

  // Counts each event to its person unless kVisitsPerPersonAndDay others are there, and tells
  // whether it is counted. Idempotent by event tag. What is counted expires when the day after is
  // over. Returns UNAVAILABLE when it cannot be reached; some may have been counted.
  virtual absl::StatusOr<std::vector<bool>> Admit(const std::vector<Admission>& admissions) = 0;
};

}  // namespace oshirase::checkin

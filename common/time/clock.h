// Time as a dependency, so that a test, or a stack started with a clock offset, sets its own.
#pragma once

#include <functional>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace oshirase {

// Answers "what time is it". Thread-safe. Deadlines of calls are real time and do not use it.
using Clock = std::function<absl::Time()>;

// The machine's clock.
inline Clock SystemClock() { return absl::Now; }

// The machine's clock moved by `offset`.
inline Clock OffsetClock(absl::Duration offset) {
  return [offset] { return absl::Now() + offset; };
}

}  // namespace oshirase

// What a run has found, as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/bench/load/load.h"

namespace oshirase::bench {

// The value that `share` (0 to 1) of the sorted values do not exceed: the nearest rank, never
// something between two values. 0 when there are none.
uint32_t Percentile(const std::vector<uint32_t>& sorted, double share);

// {"connections", "rate_wanted" (null: closed loop), "seconds", "ok" (answers 200), "rate" (of
// these), "answers" (by status), "lost", "unanswered", "unsent", "ran_out", "latency_ms": {"p50",
// "p90", "p99", "p99_9", "max"}}
nlohmann::json ReportOf(const LoadOptions& options, LoadResult result);

}  // namespace oshirase::bench

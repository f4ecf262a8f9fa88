// Sends prepared webhooks over kept-alive connections and notes how long each answer took.
//
// Closed loop: each connection sends its next webhook when it has the answer to the last, which
// finds the highest rate. Open loop: webhooks are due at fixed times whatever the server does, and
// the latency counts from then, so that a stall is felt by everyone who would have come during it.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tests/bench/load/webhooks.h"

namespace oshirase::bench {

struct LoadOptions {
  // On 127.0.0.1: load goes nowhere else.
  uint16_t port = 0;
  size_t connections = 64;
  absl::Duration duration = absl::Seconds(10);
  // Webhooks a second in an open loop; 0: closed loop.
  double rate = 0;
  // How long answers are waited for after the end.
  absl::Duration patience = absl::Seconds(5);
};

struct LoadResult {
  // How many answers came by status.
  std::map<int, uint64_t> answers;
  // Microseconds, one for each answer.
  std::vector<uint32_t> latencies;
  // Webhooks whose connection was lost, or answered with something that is not HTTP.
  uint64_t lost = 0;
  // Webhooks sent that had no answer when patience ended.
  uint64_t unanswered = 0;
  // Webhooks that were due but found no free connection until patience ended; open loop only.
  uint64_t unsent = 0;
  // There were not enough webhooks for the whole time; closed loop only.
  bool ran_out = false;
  // From the start to the last answer.
  absl::Duration elapsed;
};

// How many webhooks an open loop sends; 0 for a closed loop, which takes what it gets.
size_t WebhooksNeeded(const LoadOptions& options);

// Sends until the time is over or the webhooks are used up, and waits for the last answers.
// Returns UNAVAILABLE when a connection cannot be made at the start, INVALID_ARGUMENT when an open
// loop has fewer webhooks than it needs.
absl::StatusOr<LoadResult> RunLoad(const LoadOptions& options, const Webhooks& webhooks);

}  // namespace oshirase::bench

// Starting in any order: a process waits for what it needs, but not for ever.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/time/clock.h"

namespace oshirase {

struct WaitOptions {
  absl::Duration give_up_after = absl::Seconds(60);
  absl::Duration log_every = absl::Seconds(5);
  absl::Duration try_every = absl::Milliseconds(250);
  Clock clock = SystemClock();
  // Waits; whether the process was told to stop meanwhile. Unset: StopSignalWithin().
  std::function<bool(absl::Duration)> wait = {};
};

// Calls `probe` until it returns OK, and logs a line, with the latest failure, each `log_every`.
// `name` is what the log calls it ("postgres"). A probe should take no longer than 2 s.
// Returns UNAVAILABLE when `give_up_after` is over, CANCELLED when told to stop, and at once what
// the probe returned if that is BAD_CONFIGURATION.
absl::Status WaitForDependency(const std::string& name, const std::function<absl::Status()>& probe,
                               const WaitOptions& options = {});

}  // namespace oshirase

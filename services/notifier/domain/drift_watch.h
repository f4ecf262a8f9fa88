// Notices when the clocks of this process and of its database differ. No decision rests on it: all
// times are this process's own, and its limits hold by that clock and a steady one. But two clocks
// that disagree mean that one of them is wrong, and somebody should know before midnight does.
#pragma once

#include <functional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"

namespace oshirase::notifier {

// Above this it is logged.
inline constexpr absl::Duration kToleratedDrift = absl::Seconds(5);

// Thread-safe if its parts are.
class DriftWatch {
 public:
  struct Parts {
    // What the database's clock says; a failure when it cannot be asked.
    std::function<absl::StatusOr<absl::Time>()> database_time;
    Clock clock;
    // By how much the database's clock is ahead; negative when it is behind.
    std::function<void(absl::Duration ahead)> on_measured;
  };

  explicit DriftWatch(Parts parts);

  // One comparison; to be called every minute. How long the answer took never counts as drift. Says
  // nothing when the database does not answer, which others notice.
  void Look();

 private:
  const Parts parts_;
};

}  // namespace oshirase::notifier

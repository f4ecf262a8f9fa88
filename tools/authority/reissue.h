// The next certificate for every open venue: one long run that outlives restarts of the registry
// and can be taken up again by its id.
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/authority/interruption.h"
#include "tools/authority/session.h"

namespace oshirase::authority {

struct ReissueRun {
  std::string run_id;  // A UUID; the same one again goes on where the run stopped.
  std::string reason;
  bool mail = false;  // Whether the businesses get the new sheet.
  // How long the registry may be away, and how often it is asked meanwhile.
  absl::Duration patience = absl::Minutes(5);
  absl::Duration retry_after = absl::Seconds(1);
};

struct ReissueProgress {
  int done = 0;
  int total = 0;
};

// Who is told how it goes.
struct ReissueWatcher {
  std::function<void(const ReissueProgress&)> progressed;
  std::function<void()> disconnected;  // It will be tried again.
};

// Runs until all are done. Returns how many those were; CANCELLED after an interruption,
// UNAVAILABLE when the registry was away for too long: both can be taken up again.
absl::StatusOr<ReissueProgress> Reissue(Session& session, const ReissueRun& run,
                                        Interruption& interruption, const ReissueWatcher& watcher);

}  // namespace oshirase::authority

// A reissue of all certificates that goes on in this program, whichever page is open: it takes an
// hour for a large register, and a closed tab must not end it.
#pragma once

#include <optional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "tools/authority/interruption.h"
#include "tools/authority/reissue.h"
#include "tools/authority/session.h"

namespace oshirase::authority::console {

// Thread-safe.
class ReissueJob {
 public:
  struct State {
    std::string run_id;  // "" before the first run.
    ReissueProgress progress;
    bool running = false;
    bool waiting = false;  // The registry is away; it is tried again.
    absl::Status end;      // How it ended.
    int64_t change = 0;    // Grows with every change.
  };

  // Both must outlive it. An interruption ends a run.
  ReissueJob(Session& session, Interruption& interruption)
      : session_(session), interruption_(interruption) {}
  // Waits for a run to end: interrupt it first.
  ~ReissueJob();
  ReissueJob(const ReissueJob&) = delete;
  ReissueJob& operator=(const ReissueJob&) = delete;

  // Returns FAILED_PRECONDITION REISSUE_RUNNING while one runs.
  absl::Status Start(const ReissueRun& run);

  State Now() const;

  // Waits until the state is another than `change`, or for `timeout`.
  State After(int64_t change, absl::Duration timeout) const;

 private:
  void Work(const ReissueRun& run);
  template <typename Change>
  void Update(const Change& change);

  Session& session_;
  Interruption& interruption_;
  mutable absl::Mutex mutex_;
  State state_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::authority::console

#include "tools/authority/console/reissue_job.h"

#include "common/status/errors.h"

namespace oshirase::authority::console {

ReissueJob::~ReissueJob() {
  std::thread thread;
  {
    const absl::MutexLock lock(&mutex_);
    thread = std::move(thread_);
  }
  if (thread.joinable()) thread.join();
}

absl::Status ReissueJob::Start(const ReissueRun& run) {
  const absl::MutexLock lock(&mutex_);
  if (state_.running) {
    return ReasonedError(absl::StatusCode::kFailedPrecondition, "REISSUE_RUNNING",
                         "a reissue is running");
  }
  if (thread_.joinable()) thread_.join();  // It has ended.
  state_ = {.run_id = run.run_id, .running = true, .change = state_.change + 1};
  thread_ = std::thread([this, run] { Work(run); });
  return absl::OkStatus();
}

ReissueJob::State ReissueJob::Now() const {
  const absl::MutexLock lock(&mutex_);
  return state_;
}

ReissueJob::State ReissueJob::After(int64_t change, absl::Duration timeout) const {
  const auto changed = [this, change]()
                           ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return state_.change != change; };
  const absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&changed), timeout);
  return state_;
}

void ReissueJob::Work(const ReissueRun& run) {
  const ReissueWatcher watcher{
      .progressed =
          [this](const ReissueProgress& now) {
            Update([&now](State& state) {
              state.progress = now;
              state.waiting = false;
            });
          },
      .disconnected = [this] { Update([](State& state) { state.waiting = true; }); }};
  const auto done = Reissue(session_, run, interruption_, watcher);
  Update([&done](State& state) {
    state.running = false;
    state.waiting = false;
    state.end = done.status();
    if (done.ok()) state.progress = *done;
  });
}

template <typename Change>
void ReissueJob::Update(const Change& change) {
  const absl::MutexLock lock(&mutex_);
  change(state_);
  ++state_.change;
}

}  // namespace oshirase::authority::console

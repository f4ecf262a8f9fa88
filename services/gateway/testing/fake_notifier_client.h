// A NotifierClient in memory. Its keys are made up from the day, so that tests can open what was
// sealed; it cannot show how the notifier keeps them.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/backends/notifier_client.h"

namespace oshirase::gateway {

// Thread-safe.
class FakeNotifierClient : public NotifierClient {
 public:
  absl::StatusOr<std::vector<DayKeyMaterial>> GetDayKeys(const std::vector<Day>& days,
                                                         const CallContext& call) override;
  void RecordFollowChange(const FollowChange& change, const CallContext& call, Done done) override;

  // The keys it gives out for `day`.
  static DayKeyMaterial KeysOf(Day day);

  // The next call of either kind is answered with `status`.
  void FailNext(absl::Status status);
  // All calls fail with `status` until OK is given.
  void FailAll(absl::Status status);
  // Leaves `day` out of answers, as if its keys were lost.
  void Lose(Day day);
  void Find(Day day);

  std::vector<std::vector<Day>> asked() const;
  // Every change told, in order.
  std::vector<FollowChange> changes() const;

 private:
  absl::Status TakeFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  absl::Status next_ ABSL_GUARDED_BY(mutex_);
  absl::Status all_ ABSL_GUARDED_BY(mutex_);
  std::set<Day> lost_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::vector<Day>> asked_ ABSL_GUARDED_BY(mutex_);
  std::vector<FollowChange> changes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway

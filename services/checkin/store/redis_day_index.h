// The day index in Redis: a sorted set `visits:{2020-12-01}:<venue id>` per venue and day, whose
// members are visit ids and whose scores are hours, never times; and a hash `index:whole` with
// one field per day that is whole. All of it can be lost at any moment.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "common/redis/client.h"
#include "common/time/clock.h"
#include "services/checkin/domain/day_index.h"

namespace oshirase::checkin {

// Thread-safe.
class RedisDayIndex final : public DayIndex {
 public:
  // `client` must outlive the index. A day's entries expire `retention_days` after it ends.
  RedisDayIndex(redis::Client& client, Clock clock, int retention_days);

  absl::Status Add(const std::vector<Visit>& visits) override;
  absl::StatusOr<std::optional<std::vector<HourCounts>>> Count(
      const std::vector<VenueHours>& list) override;
  absl::StatusOr<std::vector<Day>> WholeDays() override;
  absl::Status MarkWhole(Day day) override;
  absl::Status MarkBroken(Day day) override;

 private:
  bool NeedsExpiry(const std::string& key);

  redis::Client& client_;
  const Clock clock_;
  const int retention_days_;
  absl::Mutex mu_;
  // Keys this process has given an expiry: once is enough, except after a loss, which shows as a
  // day that is not whole and is rebuilt through Add.
  absl::flat_hash_set<std::string> expiring_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::checkin

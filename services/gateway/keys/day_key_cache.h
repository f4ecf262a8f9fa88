// The keys of the days a visit can have: yesterday, today and, from 23:00 in Japan, tomorrow. They
// are fetched ahead, so that check-in goes on while the notifier restarts, and wiped when their day
// is two days past.
#pragma once

#include <map>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/crypto/tags.h"
#include "common/time/clock.h"
#include "services/gateway/backends/notifier_client.h"

namespace oshirase::gateway {

// One day's keys, ready for use. Immutable; wipes itself with its last user.
struct DayKeys {
  explicit DayKeys(DayKeyMaterial material)
      : inner_key(crypto::ShareKey(std::move(material.inner_key))), tags(material.tag_key) {}

  const crypto::SharedKey inner_key;
  const crypto::DayTags tags;
};

// Thread-safe.
class DayKeyCache {
 public:
  // `notifier` must outlive this.
  DayKeyCache(NotifierClient& notifier, Clock clock);
  // Stops the thread.
  ~DayKeyCache();
  DayKeyCache(const DayKeyCache&) = delete;
  DayKeyCache& operator=(const DayKeyCache&) = delete;

  // Starts the thread that calls Refresh() every second.
  void Start();

  // Forgets days that are over and fetches those that are missing; at most one fetch in 10 s while
  // the notifier answers without a day. Returns what the fetch returned; OK when none was needed.
  absl::Status Refresh();

  // The keys of `day`, or null while they are not there.
  std::shared_ptr<const DayKeys> Get(Day day) const;

  // Whether the keys that visits need now are there.
  bool Ready() const;

 private:
  std::vector<Day> Wanted() const;
  // Drops what is over; returns what is missing and not just been denied.
  std::vector<Day> Prune();
  void Add(DayKeyMaterial keys);
  void Run();

  NotifierClient& notifier_;
  const Clock clock_;
  mutable absl::Mutex mutex_;
  std::map<Day, std::shared_ptr<const DayKeys>> keys_ ABSL_GUARDED_BY(mutex_);
  absl::Time next_fetch_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  bool failing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Notification stop_;
  std::thread thread_;
};

}  // namespace oshirase::gateway

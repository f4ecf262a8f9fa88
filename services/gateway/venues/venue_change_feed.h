// Keeps the venue cache true: asks the registry every few seconds which codes have changed, so that
// what is known of all others can be believed on. While it gets no answer, the cache falls back to
// asking for each venue again and again.
#pragma once

#include <string>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"
#include "services/gateway/backends/registry_client.h"
#include "services/gateway/venues/venue_cache.h"

namespace oshirase::gateway {

// Not thread-safe: call PollOnce() only before Start().
class VenueChangeFeed {
 public:
  // Short beside the minute in which a change must be noticed.
  static constexpr absl::Duration kInterval = absl::Seconds(5);

  // All must outlive the feed. `now` is the cache's.
  VenueChangeFeed(RegistryClient& registry, VenueCache& cache, Metrics& metrics,
                  std::function<absl::Time()> now = absl::Now);

  // Stops the thread.
  ~VenueChangeFeed();
  VenueChangeFeed(const VenueChangeFeed&) = delete;
  VenueChangeFeed& operator=(const VenueChangeFeed&) = delete;

  // Asks once and tells the cache. Failures are counted and change nothing.
  void PollOnce();

  // Goes on doing so in a thread of its own.
  void Start();

 private:
  RegistryClient& registry_;
  VenueCache& cache_;
  const std::function<absl::Time()> now_;
  prometheus::Counter& failures_;
  prometheus::Counter& resets_;
  std::string cursor_;
  absl::Notification stop_;
  std::thread thread_;
};

}  // namespace oshirase::gateway

#include "services/gateway/venues/venue_change_feed.h"

#include <utility>

namespace oshirase::gateway {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(2);

}  // namespace

VenueChangeFeed::VenueChangeFeed(RegistryClient& registry, VenueCache& cache, Metrics& metrics,
                                 std::function<absl::Time()> now)
    : registry_(registry),
      cache_(cache),
      now_(std::move(now)),
      failures_(metrics.Counter("oshirase_venue_feed_failures_total",
                                "Times the registry did not tell which venues had changed.")),
      resets_(metrics.Counter("oshirase_venue_feed_resets_total",
                              "Times nothing known of venues could be relied on any more.")) {}

VenueChangeFeed::~VenueChangeFeed() {
  stop_.Notify();
  if (thread_.joinable()) thread_.join();
}

void VenueChangeFeed::PollOnce() {
  const absl::Time asked = now_();
  CallContext call;
  call.deadline = absl::Now() + kTimeout;
  auto changes = registry_.ListCodeChanges(cursor_, call);
  if (!changes.ok()) {
    failures_.Increment();
    return;
  }
  cursor_ = std::move(changes->cursor);
  if (changes->reset) {
    resets_.Increment();
    cache_.ForgetAll();
  } else {
    cache_.Forget(changes->codes);
    cache_.Confirm(asked);
  }
}

void VenueChangeFeed::Start() {
  thread_ = std::thread([this] {
    do {
      PollOnce();
    } while (!stop_.WaitForNotificationWithTimeout(kInterval));
  });
}

}  // namespace oshirase::gateway

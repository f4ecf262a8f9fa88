// The venues behind the codes people scan: most scans then ask nobody, a code that was replaced or
// a venue that was closed is noticed within a minute, and check-in goes on while the registry
// restarts.
//
// An answer is believed for a moment from when it was asked for, and for as long as the registry
// goes on telling what has changed (venue_change_feed.h) without naming it.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"
#include "services/gateway/backends/registry_client.h"

namespace oshirase::gateway {

struct VenueCacheOptions {
  // How long an answer is believed since it was last known to hold. From half of this on, the
  // registry is asked again beside the answering, so that a busy venue's visitors never wait for
  // it.
  absl::Duration fresh = absl::Seconds(50);
  // Likewise for "there is no such code": a venue registered just now must soon be found.
  absl::Duration unknown_fresh = absl::Seconds(5);
  // How old a found venue may get while the registry cannot be asked.
  absl::Duration stale_limit = absl::Minutes(30);
  // How long it is left alone, about one code, after it did not answer.
  absl::Duration ask_again = absl::Seconds(1);
  // Answers kept; the one not used for longest goes first.
  size_t capacity = 200'000;
};

// Thread-safe. Time is the machine's own and only measures ages.
class VenueCache {
 public:
  using VenuePtr = std::shared_ptr<const Venue>;
  // Null: there is no such code.
  using Done = std::function<void(absl::StatusOr<VenuePtr>)>;

  // `registry` and `metrics` must outlive this.
  VenueCache(RegistryClient& registry, Metrics& metrics, VenueCacheOptions options = {},
             std::function<absl::Time()> now = absl::Now);

  // Waits for the calls under way.
  ~VenueCache();
  VenueCache(const VenueCache&) = delete;
  VenueCache& operator=(const VenueCache&) = delete;

  // Finds the venue behind `code`; those who ask for one code at one time share one call. Calls
  // `done` once, from any thread, maybe before returning: with the venue, with null, or with
  // UNAVAILABLE when the registry does not answer and nothing is known that is not too old.
  void Find(const ids::VenueCode& code, const CallContext& call, Done done);

  // Nothing but Forget() has changed until `as_of` in what was asked for since the last
  // ForgetAll(). Codes that will stop on some day, and those of nobody, are not confirmed.
  void Confirm(absl::Time as_of);

  // What is known of these codes holds no more.
  void Forget(const std::vector<std::string>& codes);

  // What was asked for before now can be confirmed no more; it is believed for its moment.
  void ForgetAll();

 private:
  struct Entry {
    VenuePtr venue;
    // When the answer was asked for: what changed since then may be unknown.
    absl::Time as_of = absl::InfinitePast();
    absl::Time failed = absl::InfinitePast();
    absl::Time forgotten = absl::InfinitePast();
    // When the call under way was made.
    absl::Time asked = absl::InfinitePast();
    std::list<std::string>::iterator use;
    // Who waits for the call under way; none is under way when `asking` is false.
    bool asking = false;
    std::vector<Done> waiting;
  };

  // What is to be done about a code.
  struct Plan {
    bool answer = false;  // With the entry's venue, now.
    bool ask = false;     // The registry.
  };

  Plan Decide(const Entry& entry) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Duration AgeOf(const Entry& entry, absl::Time now) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool MayBeStale(const Entry& entry, absl::Time now) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Entry& Touch(const std::string& code) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Evict() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Ask(const ids::VenueCode& code, const CallContext& call);
  void Answer(const std::string& code, absl::StatusOr<Venue> venue);

  RegistryClient& registry_;
  const VenueCacheOptions options_;
  const std::function<absl::Time()> now_;
  prometheus::Counter& hits_;
  prometheus::Counter& misses_;
  prometheus::Counter& stale_;
  absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Time confirmable_since_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  absl::Time confirmed_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  absl::flat_hash_map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  // Codes by last use, newest first.
  std::list<std::string> uses_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway

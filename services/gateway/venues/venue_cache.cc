#include "services/gateway/venues/venue_cache.h"

#include <algorithm>
#include <utility>

namespace oshirase::gateway {

VenueCache::VenueCache(RegistryClient& registry, Metrics& metrics, VenueCacheOptions options,
                       std::function<absl::Time()> now)
    : registry_(registry),
      options_(options),
      now_(std::move(now)),
      hits_(metrics.Counter("oshirase_venue_cache_lookups_total", "Venue codes looked up.",
                            {{"result", "hit"}})),
      misses_(metrics.Counter("oshirase_venue_cache_lookups_total", "Venue codes looked up.",
                              {{"result", "miss"}})),
      stale_(metrics.Counter("oshirase_venue_cache_lookups_total", "Venue codes looked up.",
                             {{"result", "stale"}})) {}

VenueCache::~VenueCache() {
  const absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(
      +[](int* calls) { return *calls == 0; }, &calls_));
}

absl::Duration VenueCache::AgeOf(const Entry& entry, absl::Time now) const {
  const bool confirmable =
      entry.venue != nullptr && entry.venue->code_is_current && entry.as_of >= confirmable_since_;
  return now - (confirmable ? std::max(entry.as_of, confirmed_) : entry.as_of);
}

bool VenueCache::MayBeStale(const Entry& entry, absl::Time now) const {
  return entry.venue != nullptr && AgeOf(entry, now) < options_.stale_limit;
}

VenueCache::Plan VenueCache::Decide(const Entry& entry) const {
  const absl::Time now = now_();
  const absl::Duration age = AgeOf(entry, now);
  const bool just_failed = now - entry.failed < options_.ask_again;
  const bool fresh = age < (entry.venue ? options_.fresh : options_.unknown_fresh);
  if (fresh) {
    const bool refresh = entry.venue != nullptr && age >= options_.fresh / 2 && !just_failed;
    return {.answer = true, .ask = refresh && !entry.asking};
  }
  if (just_failed && MayBeStale(entry, now)) return {.answer = true, .ask = false};
  return {.answer = false, .ask = !entry.asking};
}

VenueCache::Entry& VenueCache::Touch(const std::string& code) {
  const auto [found, inserted] = entries_.try_emplace(code);
  Entry& entry = found->second;
  if (inserted) {
    uses_.push_front(code);
    entry.use = uses_.begin();
  } else {
    uses_.splice(uses_.begin(), uses_, entry.use);
  }
  return entry;
}

void VenueCache::Evict() {
  // An entry somebody waits at is never the oldest for long; it is passed over.
  while (entries_.size() > options_.capacity) {
    const auto oldest = entries_.find(uses_.back());
    if (oldest->second.asking) return;
    uses_.pop_back();
    entries_.erase(oldest);
  }
}

void VenueCache::Find(const ids::VenueCode& code, const CallContext& call, Done done) {
  VenuePtr venue;
  Plan plan;
  {
    const absl::MutexLock lock(&mutex_);
    Entry& entry = Touch(code.value);
    plan = Decide(entry);
    if (plan.ask) {
      entry.asking = true;
      entry.asked = now_();
      ++calls_;
    }
    venue = entry.venue;
    if (!plan.answer) entry.waiting.push_back(std::move(done));
  }
  (plan.answer ? hits_ : misses_).Increment();
  if (plan.ask) Ask(code, call);
  if (plan.answer) done(std::move(venue));
}

void VenueCache::Ask(const ids::VenueCode& code, const CallContext& call) {
  registry_.LookupVenueCode(code, call, [this, code = code.value](absl::StatusOr<Venue> answer) {
    Answer(code, std::move(answer));
  });
}

void VenueCache::Answer(const std::string& code, absl::StatusOr<Venue> venue) {
  std::vector<Done> waiting;
  absl::StatusOr<VenuePtr> result = nullptr;
  {
    const absl::MutexLock lock(&mutex_);
    Entry& entry = entries_[code];
    entry.asking = false;
    waiting.swap(entry.waiting);
    const absl::Time now = now_();
    // It may have changed while it was asked for: good enough for those who wait, not to keep.
    const absl::Time as_of = entry.asked > entry.forgotten ? entry.asked : absl::InfinitePast();
    if (venue.ok()) {
      entry.venue = std::make_shared<const Venue>(*std::move(venue));
      entry.as_of = as_of;
      result = entry.venue;
    } else if (absl::IsNotFound(venue.status()) || absl::IsInvalidArgument(venue.status())) {
      entry.venue = nullptr;
      entry.as_of = as_of;
    } else {
      entry.failed = now;
      if (MayBeStale(entry, now)) {
        stale_.Increment(static_cast<double>(waiting.size()));
        result = entry.venue;
      } else {
        result = absl::UnavailableError("the registry does not answer");
      }
    }
    Evict();
  }
  for (const Done& done : waiting) done(result);
  const absl::MutexLock lock(&mutex_);
  --calls_;
}

void VenueCache::Confirm(absl::Time as_of) {
  const absl::MutexLock lock(&mutex_);
  confirmed_ = as_of;
}

void VenueCache::Forget(const std::vector<std::string>& codes) {
  const absl::MutexLock lock(&mutex_);
  for (const std::string& code : codes) {
    const auto found = entries_.find(code);
    if (found == entries_.end()) continue;
    found->second.as_of = absl::InfinitePast();
    found->second.forgotten = now_();
  }
}

void VenueCache::ForgetAll() {
  const absl::MutexLock lock(&mutex_);
  confirmable_since_ = now_();
}

}  // namespace oshirase::gateway

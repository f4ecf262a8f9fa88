#include "services/checkin/domain/venue_keys.h"

#include <algorithm>
#include <map>
#include <utility>

namespace oshirase::checkin {
namespace {

constexpr size_t kVenuesPerRequest = 64;

}  // namespace

VenueKeys::VenueKeys(VenueKeySource& source, size_t capacity)
    : source_(source), capacity_(capacity) {}

std::optional<crypto::PublicKey> VenueKeys::Find(const Visit& visit) {
  absl::MutexLock lock(&mu_);
  const auto found = entries_.find(VenueDay{visit.venue, visit.day});
  if (found == entries_.end()) return std::nullopt;
  uses_.splice(uses_.begin(), uses_, found->second.use);
  const auto key = crypto::VenueHourKey(found->second.keys, visit.hour);
  if (!key.ok()) return std::nullopt;
  return *key;
}

absl::Status VenueKeys::Fetch(const std::vector<const Visit*>& visits) {
  std::map<Day, std::vector<VenueId>> by_day;
  for (const auto& venue_day : Missing(visits)) by_day[venue_day.day].push_back(venue_day.venue);

  absl::Status last_failure;
  for (const auto& [day, venues] : by_day) {
    for (size_t begin = 0; begin < venues.size(); begin += kVenuesPerRequest) {
      const auto end = std::min(begin + kVenuesPerRequest, venues.size());
      const std::vector<VenueId> part(venues.begin() + static_cast<ptrdiff_t>(begin),
                                      venues.begin() + static_cast<ptrdiff_t>(end));
      auto keys = source_.Fetch(day, part);
      if (!keys.ok()) {
        last_failure = keys.status();
        continue;
      }
      for (size_t i = 0; i < part.size(); ++i) Keep({part[i], day}, std::move((*keys)[i]));
    }
  }
  return last_failure;
}

std::vector<VenueKeys::VenueDay> VenueKeys::Missing(const std::vector<const Visit*>& visits) {
  std::vector<VenueDay> missing;
  absl::MutexLock lock(&mu_);
  for (const auto* visit : visits) {
    const VenueDay venue_day{visit->venue, visit->day};
    if (entries_.contains(venue_day)) continue;
    if (std::find(missing.begin(), missing.end(), venue_day) != missing.end()) continue;
    missing.push_back(venue_day);
  }
  return missing;
}

void VenueKeys::Keep(const VenueDay& venue_day, std::string keys) {
  absl::MutexLock lock(&mu_);
  if (entries_.contains(venue_day)) return;
  if (entries_.size() >= capacity_) {
    entries_.erase(uses_.back());
    uses_.pop_back();
  }
  uses_.push_front(venue_day);
  entries_.emplace(venue_day, Entry{std::move(keys), uses_.begin()});
}

}  // namespace oshirase::checkin

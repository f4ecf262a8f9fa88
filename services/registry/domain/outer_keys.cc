#include "services/registry/domain/outer_keys.h"

#include <map>
#include <utility>

#include "common/ids/uuid.h"
#include "common/keyring/key_maintenance.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {

OuterKeys::OuterKeys(keyring::DayKeys& seeds, int retention_days, Clock clock)
    : seeds_(seeds), retention_days_(retention_days), clock_(std::move(clock)) {}

absl::StatusOr<crypto::SharedKey> OuterKeys::SeedOf(Day day) const {
  // A day is over by the calendar, even when the timer that destroys its key is late.
  if (day <= keyring::LastEndedDay(DayOf(clock_()), retention_days_)) return DayKeyDestroyed();
  auto seed = seeds_.Get(day);
  const std::string reason = ReasonOf(seed.status());
  if (reason == keyring::kKeyLost) return DayKeyLost();
  if (reason == keyring::kKeyDestroyed) return DayKeyDestroyed();
  if (reason == keyring::kKeyNotMade) return DayNeverOpen();
  return seed;
}

absl::StatusOr<std::vector<std::string>> OuterKeys::PublicKeys(Day day,
                                                               const std::vector<VenueId>& venues) {
  const Day today = DayOf(clock_());
  if (day < today - 1 || day > today + 1) return DayNotOpen();
  auto seed = SeedOf(day);
  if (ReasonOf(seed.status()) == ReasonOf(DayNeverOpen())) {
    // Midnight has passed and the timer has not: tomorrow's seed is due now.
    RETURN_IF_ERROR(seeds_.EnsureDays(day, day));
    seed = SeedOf(day);
  }
  RETURN_IF_ERROR(seed.status());
  std::vector<std::string> keys;
  keys.reserve(venues.size());
  for (const auto& venue : venues) {
    ASSIGN_OR_RETURN(const auto id, ids::ParseUuid(venue.value));
    keys.push_back(crypto::DeriveVenueDayKeys(**seed, day, id));
  }
  return keys;
}

absl::StatusOr<std::vector<ReleasedVenue>> OuterKeys::PrivateKeys(const Statement& statement) {
  const auto window_days = WindowDays(statement);
  const auto hours_by_venue = ExposedHoursByVenue(statement);
  std::map<Day, crypto::SharedKey> seeds;  // null: nothing of that day can be opened
  for (const auto& [venue, hours] : hours_by_venue) {
    for (const auto& hour : hours) {
      if (seeds.contains(hour.day)) continue;
      auto seed = SeedOf(hour.day);
      const bool nothing_left = ReasonOf(seed.status()) == ReasonOf(DayKeyDestroyed()) ||
                                ReasonOf(seed.status()) == ReasonOf(DayNeverOpen());
      if (!seed.ok() && !(nothing_left && !window_days.contains(hour.day))) return seed.status();
      seeds[hour.day] = seed.ok() ? *std::move(seed) : nullptr;
    }
  }
  std::vector<ReleasedVenue> result;
  for (const auto& [venue, hours] : hours_by_venue) {
    ReleasedVenue released{.id = venue, .hours = {}};
    ASSIGN_OR_RETURN(const auto id, ids::ParseUuid(venue.value));
    for (const auto& hour : hours) {
      const auto& seed = seeds.at(hour.day);
      if (seed == nullptr) continue;
      auto pair =
          crypto::DeriveOuterKeyPair(*seed, {.day = hour.day, .venue_id = id, .hour = hour.hour});
      released.hours.push_back({.hour = hour, .private_key = std::move(pair.private_key)});
    }
    result.push_back(std::move(released));
  }
  return result;
}

}  // namespace oshirase::registry

#include "services/registry/domain/outer_keys.h"

#include <map>
#include <utility>

#include "common/ids/uuid.h"
#include "common/keyring/key_maintenance.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

// Counts an hour whose day has no seed. Any other failure is returned: it decides nothing.
absl::Status CountLeftOut(const absl::Status& why, LeftOutHours& left_out) {
  const std::string reason = ReasonOf(why);
  if (reason == ReasonOf(DayKeyLost()))
    ++left_out.lost;
  else if (reason == ReasonOf(DayKeyDestroyed()))
    ++left_out.destroyed;
  else if (reason == ReasonOf(DayNeverOpen()))
    ++left_out.never_open;
  else
    return why;
  return absl::OkStatus();
}

absl::Status WhyNothingIsLeft(const LeftOutHours& left_out) {
  if (left_out.lost > 0) return DayKeyLost();
  return left_out.destroyed > 0 ? DayKeyDestroyed() : DayNeverOpen();
}

}  // namespace

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

absl::StatusOr<ReleasableKeys> OuterKeys::PrivateKeys(const Statement& statement) {
  std::map<Day, absl::StatusOr<crypto::SharedKey>> seeds;  // each day is asked for once
  ReleasableKeys result;
  bool any_left = false;
  for (const auto& [venue, hours] : ExposedHoursByVenue(statement)) {
    ReleasedVenue released{.id = venue, .hours = {}};
    ASSIGN_OR_RETURN(const auto id, ids::ParseUuid(venue.value));
    for (const auto& hour : hours) {
      auto seed = seeds.find(hour.day);
      if (seed == seeds.end()) seed = seeds.emplace(hour.day, SeedOf(hour.day)).first;
      if (!seed->second.ok()) {
        RETURN_IF_ERROR(CountLeftOut(seed->second.status(), result.left_out));
        continue;
      }
      auto pair = crypto::DeriveOuterKeyPair(**seed->second,
                                             {.day = hour.day, .venue_id = id, .hour = hour.hour});
      released.hours.push_back({.hour = hour, .private_key = std::move(pair.private_key)});
    }
    any_left = any_left || !released.hours.empty();
    result.venues.push_back(std::move(released));
  }
  if (!any_left) return WhyNothingIsLeft(result.left_out);
  return result;
}

}  // namespace oshirase::registry

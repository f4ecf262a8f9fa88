// The outer lock's keys by venue and hour, derived from the seed of the visit's day. Public halves
// for everyone who seals, private halves for a release that has been found in order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/crypto/outer_keys.h"
#include "common/keyring/day_keys.h"
#include "common/time/clock.h"
#include "services/registry/domain/exposed_hours.h"
#include "services/registry/domain/statement.h"

namespace oshirase::registry {

struct ReleasedHour {
  HourOfDay hour;
  crypto::SecretKey private_key;
};

struct ReleasedVenue {
  VenueId id;
  std::vector<ReleasedHour> hours;  // in order; none when all of them are left out
};

// How many hours have no key any more, or never had one, by why.
struct LeftOutHours {
  int64_t lost = 0;
  int64_t destroyed = 0;
  int64_t never_open = 0;
};

struct ReleasableKeys {
  std::vector<ReleasedVenue> venues;
  LeftOutHours left_out;
};

// Thread-safe. Once the days' seeds are loaded it needs no database, so that check-in goes on
// while Postgres is away. Derivation takes 26 µs a key; callers keep what they get, so there is no
// cache here.
class OuterKeys {
 public:
  // `seeds` must outlive it.
  OuterKeys(keyring::DayKeys& seeds, int retention_days, Clock clock);

  // The 24 public keys of each venue on `day`, 768 bytes each, in the order asked for.
  // Returns DAY_NOT_OPEN unless `day` is yesterday, today or tomorrow; DAY_KEY_LOST;
  // DAY_KEY_DESTROYED.
  absl::StatusOr<std::vector<std::string>> PublicKeys(Day day, const std::vector<VenueId>& venues);

  // The private keys of every hour an exposed visit can have begun in. Hours of days that are lost,
  // destroyed or never took visits are left out and counted: one such day must not keep the people
  // of the others from being told.
  // Returns, when not one hour is left, DAY_KEY_LOST if any is lost, since an operator may find the
  // seed again; else DAY_KEY_DESTROYED if any is destroyed; else DAY_NEVER_OPEN.
  absl::StatusOr<ReleasableKeys> PrivateKeys(const Statement& statement);

 private:
  absl::StatusOr<crypto::SharedKey> SeedOf(Day day) const;

  keyring::DayKeys& seeds_;
  const int retention_days_;
  const Clock clock_;
};

}  // namespace oshirase::registry

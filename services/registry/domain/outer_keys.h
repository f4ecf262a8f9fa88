// The outer lock's keys by venue and hour, derived from the seed of the visit's day. Public halves
// for everyone who seals, private halves for a release that has been found in order.
#pragma once

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
  std::vector<ReleasedHour> hours;  // in order
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

  // The private keys of every hour an exposed visit can have begun in. Hours before a window on
  // days that are destroyed or never took visits are left out: nothing of them can be opened.
  // Returns DAY_KEY_DESTROYED or DAY_NEVER_OPEN for a day of a window itself, DAY_KEY_LOST for any.
  absl::StatusOr<std::vector<ReleasedVenue>> PrivateKeys(const Statement& statement);

 private:
  absl::StatusOr<crypto::SharedKey> SeedOf(Day day) const;

  keyring::DayKeys& seeds_;
  const int retention_days_;
  const Clock clock_;
};

}  // namespace oshirase::registry

// The notifier's day keys: made and ended by the calendar, and given to the gateways while their
// day is open.
#pragma once

#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/crypto/secret.h"
#include "common/keyring/day_keys.h"
#include "common/keyring/key_maintenance.h"
#include "common/time/clock.h"

namespace oshirase::notifier {

// Gateways get tomorrow's keys so long before midnight.
inline constexpr absl::Duration kTomorrowFrom = absl::Hours(1);

struct OpenDay {
  Day day{};
  crypto::SharedKey inner_key;
  crypto::SharedKey tag_key;
};

// Thread-safe.
class DayKeyDesk {
 public:
  // Both must outlive it.
  DayKeyDesk(keyring::DayKeys& inner_keys, keyring::DayKeys& tag_keys, Clock clock,
             int retention_days);

  // Those of `days` that are open now: yesterday, today and, in today's last hour, tomorrow. A lost
  // day is left out. Returns UNAVAILABLE when keyring or database cannot be reached.
  absl::StatusOr<std::vector<OpenDay>> Open(const std::vector<Day>& days);

  // Ends the keys of days that are over and makes those of days to come. To be called at start and
  // every minute.
  keyring::KeyMaintenanceReport Maintain();

 private:
  keyring::DayKeys& inner_keys_;
  keyring::DayKeys& tag_keys_;
  const Clock clock_;
  const int retention_days_;
};

}  // namespace oshirase::notifier

// The keys of one purpose by Japan day: always chosen by the day of the event, never by the clock.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/crypto/secret.h"
#include "common/keyring/keyring.h"
#include "common/time/japan_time.h"

namespace oshirase::keyring {

// Thread-safe.
class DayKeys {
 public:
  // `keyring`, whose book must be one of days, must outlive it. `purpose`: see key_name.h.
  DayKeys(Keyring& keyring, std::string purpose);

  // Makes the keys of `from` to `to`, both included, that do not exist yet, and loads all of them.
  // Days already destroyed are passed over. A failure with one day does not stop the others; the
  // first is returned, and DATA_LOSS, reason KEY_LOST, only when nothing else went wrong.
  absl::Status EnsureDays(Day from, Day to);

  // The key of `day`. Returns, by reason, KEY_LOST, KEY_DESTROYED or KEY_NOT_MADE; see keyring.h.
  absl::StatusOr<crypto::SharedKey> Get(Day day) const;

  // What DestroyThrough did.
  struct Ended {
    std::vector<Day> days;  // ended now, or erased again after someone put them back
    absl::Status status;    // the first failure; calling again goes on
  };

  // Ends the keys of all days up to and including `last`, and erases keys that someone put back
  // after their end. One that cannot be ended does not stop the others.
  Ended DestroyThrough(Day last);

  // The days whose keys are lost, of those recorded and not destroyed.
  absl::StatusOr<std::vector<Day>> LostDays() const;

  // `keys replace-lost DAY`; see Keyring::ReplaceLost.
  absl::Status ReplaceLost(Day day);

  const std::string& purpose() const { return purpose_; }

 private:
  Keyring& keyring_;
  const std::string purpose_;
};

}  // namespace oshirase::keyring

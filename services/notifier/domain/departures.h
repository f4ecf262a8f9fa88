// Who left the account, or asked to be forgotten: nothing is sent to them. Kept as keyed hashes
// under the suppression key; without that key nothing may be sent at all, since nobody could tell
// who must be left out.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/keyring/keyring.h"
#include "services/notifier/domain/follow_store.h"
#include "services/notifier/domain/recipients.h"

namespace oshirase::notifier {

// Thread-safe. Every method returns DATA_LOSS KEY_LOST when the suppression key is lost, and
// UNAVAILABLE when keyring or database cannot be reached.
class Departures {
 public:
  // Both must outlive it. `named_keys` holds the suppression key.
  Departures(FollowStore& store, keyring::Keyring& named_keys);

  // Makes the suppression key when there never was one.
  absl::Status Start();

  // As FollowStore::Record.
  absl::Status Record(const ids::LineUserId& person, absl::Time event_time, bool following);

  // Those of `people` who may be told, in order.
  absl::StatusOr<Recipients> Remaining(const Recipients& people);

 private:
  absl::StatusOr<crypto::SharedKey> Key();

  FollowStore& store_;
  keyring::Keyring& named_keys_;
};

}  // namespace oshirase::notifier

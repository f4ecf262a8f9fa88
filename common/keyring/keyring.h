// The rules of a key's life, over a KeyStore (where keys are) and a KeyBook (what must be there):
//
//   book          store         so
//   nothing       nothing       not made yet: Make() makes it, store first, then book, then use
//   nothing       a key         a maker crashed between the two: Make() records that key
//   a record      that key      in use
//   a record      nothing, or   LOST: an alarm, and never silently a new key, since what was sealed
//                 another key   under the old one would be gone without anyone knowing
//   destroyed     nothing       DESTROYED, for good
//   destroyed     a key         someone put it back: erased at once
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/crypto/secret.h"
#include "common/keyring/key_book.h"
#include "common/keyring/key_name.h"
#include "common/keyring/key_store.h"
#include "common/time/clock.h"

namespace oshirase::keyring {

// The reasons a key cannot be had; branch on ReasonOf().
inline constexpr char kKeyLost[] = "KEY_LOST";  // DATA_LOSS: recorded, but gone or damaged
inline constexpr char kKeyDestroyed[] = "KEY_DESTROYED";  // FAILED_PRECONDITION: ended as planned
inline constexpr char kKeyNotMade[] = "KEY_NOT_MADE";     // NOT_FOUND: nobody has made it yet
inline constexpr char kKeyNotLost[] = "KEY_NOT_LOST";     // FAILED_PRECONDITION: nothing to replace

// Thread-safe. Keys that were had once are kept in memory until destroyed, so that Get() needs
// neither disk nor database. Every method returns UNAVAILABLE when the store or the book cannot be
// reached; calling again later is safe.
class Keyring {
 public:
  // `store` and `book` must outlive it.
  Keyring(KeyStore& store, KeyBook& book, Clock clock);

  // The key called `name`, made when neither book nor store knows it. Two processes that make it at
  // once get the same. Returns KEY_LOST or KEY_DESTROYED as above, and makes nothing then.
  absl::StatusOr<crypto::SharedKey> Make(const KeyName& name);

  // The key called `name`. Returns KEY_LOST, KEY_DESTROYED or KEY_NOT_MADE.
  absl::StatusOr<crypto::SharedKey> Get(const KeyName& name);

  // Ends `name`: forgotten in memory, erased in every place of the store, and only when all have
  // confirmed, marked in the book. Idempotent; a key that was never recorded is erased all the
  // same. Threads that still hold the key keep it until they let go.
  absl::Status Destroy(const KeyName& name);

  // An operator's decision to go on without a lost key: puts the key back when this process still
  // has it in memory, else makes a new one under its name, and what was sealed under the old one
  // stays unreadable. Returns KEY_NOT_LOST when the key is there (or was never made), KEY_DESTROYED
  // when it ended.
  absl::Status ReplaceLost(const KeyName& name);

  // Erases keys of `purpose` that are in the store although the book says destroyed, and returns
  // their labels. To be called at start and with each maintenance.
  absl::StatusOr<std::vector<std::string>> EraseReturned(const std::string& purpose);

  // The labels of all keys of `purpose` that have not ended: recorded ones not marked destroyed,
  // lost ones among them, and stored ones that were never recorded. Sorted.
  absl::StatusOr<std::vector<std::string>> LivingLabels(const std::string& purpose);

  // The labels of all keys of `purpose` that are lost. Looks at the store, not into memory, so that
  // a loss is noticed before the process ends and takes the last copy with it. Sorted.
  absl::StatusOr<std::vector<std::string>> LostLabels(const std::string& purpose);

 private:
  absl::StatusOr<crypto::SharedKey> Load(const KeyName& name, bool make_if_new);
  absl::StatusOr<crypto::SecretKey> ReadRecorded(const KeyRecord& record);
  absl::StatusOr<crypto::SecretKey> MakeNew(const KeyName& name);
  crypto::SharedKey Cached(const KeyName& name);
  crypto::SharedKey Cache(const KeyName& name, crypto::SecretKey key);

  KeyStore& store_;
  KeyBook& book_;
  const Clock clock_;
  absl::Mutex mu_;  // one caller at a time at disk and database
  absl::Mutex cache_mu_ ABSL_ACQUIRED_AFTER(mu_);
  std::map<KeyName, crypto::SharedKey> cache_ ABSL_GUARDED_BY(cache_mu_);
};

}  // namespace oshirase::keyring

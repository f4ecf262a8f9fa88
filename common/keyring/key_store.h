// Where keys are kept, apart from the database and its backups. Implemented by DirectoryKeyStore,
// and by a fake in memory; both pass testing/key_store_contract.h. A KMS or a PKCS#11 token has to
// fit it too, so it knows no paths.
//
// It stores and forgets; whether a missing key may be made anew is Keyring's to decide.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/crypto/secret.h"
#include "common/keyring/fingerprint.h"
#include "common/keyring/key_name.h"

namespace oshirase::keyring {

// Thread-safe, and safe among processes that use the same place.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  // The key called `name`. With `expected`, copies whose fingerprint differs count as damaged. When
  // a good copy is found, copies that are missing or damaged elsewhere are mended from it.
  // Returns NOT_FOUND, reason KEY_NOT_FOUND, when no copy exists and every place could be asked;
  // DATA_LOSS, reason KEY_DAMAGED, when copies exist and none is good;
  // UNAVAILABLE, reason KEY_STORE_UNAVAILABLE, when a place that cannot be asked may have it.
  virtual absl::StatusOr<crypto::SecretKey> Get(const KeyName& name,
                                                const std::optional<Fingerprint>& expected) = 0;

  // Stores `key` unless the name is taken, durably and in every place, and returns the key that the
  // name has now: of several callers at once all get the same. Idempotent.
  // Returns DATA_LOSS, reason KEY_DAMAGED, when the name is taken by a copy that cannot be read,
  // and UNAVAILABLE, reason KEY_STORE_UNAVAILABLE, when a place cannot be written; the key may then
  // exist in some places, and a later call finds it.
  virtual absl::StatusOr<crypto::SecretKey> PutIfAbsent(const KeyName& name,
                                                        const crypto::SecretKey& key) = 0;

  // Removes every copy and everything a crashed PutIfAbsent left of it. Idempotent. OK means that
  // every place has confirmed that it is gone.
  // Returns UNAVAILABLE, reason KEY_STORE_UNAVAILABLE, when one has not; the others are erased.
  virtual absl::Status Erase(const KeyName& name) = 0;

  // The labels of all keys of `purpose` in any place, leftovers of crashes included, sorted.
  // Returns UNAVAILABLE, reason KEY_STORE_UNAVAILABLE, when a place cannot be asked.
  virtual absl::StatusOr<std::vector<std::string>> Labels(const std::string& purpose) = 0;
};

}  // namespace oshirase::keyring

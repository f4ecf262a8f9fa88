// A KeyStore in one or more mirrored directories.
//
// A key is a file of its own, "<purpose>.<label>.key", mode 0600: the key sealed under the
// key-encryption key (crypto/secret_box.h) with the name as additional data (purpose ‖ 0x00 ‖
// label), so that a file renamed to another day does not open. See durable_directory.h for how it
// comes into being: a name is either absent or whole, and of two makers one wins. Keep the
// directories out of anything that keeps history (backups, snapshots): a copy made behind the
// system's back defeats deletion. When one process erases a key at the moment at which another
// mends it, a copy may come back; the book then says destroyed, and the next maintenance erases it
// again.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/crypto/secret.h"
#include "common/keyring/durable_directory.h"
#include "common/keyring/key_store.h"

namespace oshirase::keyring {

struct DirectoryKeyStoreOptions {
  // At least one; each must exist and be writable. The first decides which of two makers wins, so
  // all processes must name them in the same order.
  std::vector<std::string> directories;
  crypto::SecretKey key_encryption_key;
  // Hears of trouble that did not fail the call, e.g. a mirror that could not be mended. Called
  // from any thread, must not block. The messages hold names of keys and directories only.
  std::function<void(const absl::Status&)> warn = [](const absl::Status&) {};
};

class DirectoryKeyStore final : public KeyStore {
 public:
  // Checks the directories, and that the key-encryption key opens at least one of the keys if there
  // are any.
  // Returns INVALID_ARGUMENT, reason KEYRING_DIRECTORY_UNUSABLE, when a directory does not exist or
  // cannot be written, or none is named, FAILED_PRECONDITION, reason WRONG_KEY_ENCRYPTION_KEY, when
  // no key opens, and UNAVAILABLE, reason KEY_STORE_UNAVAILABLE, when the keys cannot be read.
  static absl::StatusOr<std::unique_ptr<DirectoryKeyStore>> Open(DirectoryKeyStoreOptions options);

  absl::StatusOr<crypto::SecretKey> Get(const KeyName& name,
                                        const std::optional<Fingerprint>& expected) override;
  absl::StatusOr<crypto::SecretKey> PutIfAbsent(const KeyName& name,
                                                const crypto::SecretKey& key) override;
  absl::Status Erase(const KeyName& name) override;
  absl::StatusOr<std::vector<std::string>> Labels(const std::string& purpose) override;

 private:
  struct Copies;

  explicit DirectoryKeyStore(DirectoryKeyStoreOptions options);
  absl::Status CheckKeyEncryptionKey() const;
  absl::StatusOr<crypto::SecretKey> ReadFrom(const DurableDirectory& mirror,
                                             const KeyName& name) const;
  Copies ReadAll(const KeyName& name, const std::optional<Fingerprint>& expected) const;
  absl::Status Mend(const KeyName& name, const Copies& copies) const;
  absl::StatusOr<crypto::SecretKey> PutInto(const DurableDirectory& mirror, const KeyName& name,
                                            const crypto::SecretKey& key) const;

  const crypto::SecretKey key_encryption_key_;
  const std::function<void(const absl::Status&)> warn_;
  std::vector<DurableDirectory> mirrors_;
};

// The directories of KEYRING_DIRS: separated by colons, empty parts skipped.
std::vector<std::string> SplitDirectories(const std::string& colon_separated);

}  // namespace oshirase::keyring

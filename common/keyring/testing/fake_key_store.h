// A KeyStore in memory that can be told to fail, and whose keys tests can lose, damage and put
// back. It has one place only, so it shows nothing about mirrors or crashes in the middle of a
// write.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/keyring/key_store.h"

namespace oshirase::keyring {

class FakeKeyStore final : public KeyStore {
 public:
  // The next call returns `status` and does nothing else; OK lets it pass. Several queue up.
  void FailNext(absl::Status status);

  // Behind the ring's back: the key is gone, or another is there (under any name).
  void Lose(const KeyName& name);
  void PutBack(const KeyName& name, crypto::SecretKey key);
  bool Has(const KeyName& name) const;

  absl::StatusOr<crypto::SecretKey> Get(const KeyName& name,
                                        const std::optional<Fingerprint>& expected) override;
  absl::StatusOr<crypto::SecretKey> PutIfAbsent(const KeyName& name,
                                                const crypto::SecretKey& key) override;
  absl::Status Erase(const KeyName& name) override;
  absl::StatusOr<std::vector<std::string>> Labels(const std::string& purpose) override;

 private:
  absl::Status NextFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  mutable absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::map<KeyName, crypto::SecretKey> keys_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::keyring

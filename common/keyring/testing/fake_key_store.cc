#include "common/keyring/testing/fake_key_store.h"

#include <utility>

#include "common/keyring/errors.h"
#include "common/status/macros.h"

namespace oshirase::keyring {

void FakeKeyStore::FailNext(absl::Status status) {
  absl::MutexLock lock(&mu_);
  failures_.push_back(std::move(status));
}

void FakeKeyStore::Lose(const KeyName& name) {
  absl::MutexLock lock(&mu_);
  keys_.erase(name);
}

void FakeKeyStore::PutBack(const KeyName& name, crypto::SecretKey key) {
  absl::MutexLock lock(&mu_);
  keys_.insert_or_assign(name, std::move(key));
}

bool FakeKeyStore::Has(const KeyName& name) const {
  absl::MutexLock lock(&mu_);
  return keys_.contains(name);
}

absl::StatusOr<crypto::SecretKey> FakeKeyStore::Get(const KeyName& name,
                                                    const std::optional<Fingerprint>& expected) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  if (!IsValid(name)) return InvalidKeyName();
  const auto found = keys_.find(name);
  if (found == keys_.end()) return KeyNotFound(name);
  if (expected.has_value() && FingerprintOf(found->second) != *expected) return KeyDamaged(name);
  return found->second.Clone();
}

absl::StatusOr<crypto::SecretKey> FakeKeyStore::PutIfAbsent(const KeyName& name,
                                                            const crypto::SecretKey& key) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  if (!IsValid(name)) return InvalidKeyName();
  return keys_.emplace(name, key.Clone()).first->second.Clone();
}

absl::Status FakeKeyStore::Erase(const KeyName& name) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  if (!IsValid(name)) return InvalidKeyName();
  keys_.erase(name);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> FakeKeyStore::Labels(const std::string& purpose) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  std::vector<std::string> labels;
  for (const auto& [name, key] : keys_) {
    if (name.purpose == purpose) labels.push_back(name.label);
  }
  return labels;
}

absl::Status FakeKeyStore::NextFailure() {
  if (failures_.empty()) return absl::OkStatus();
  absl::Status failure = std::move(failures_.front());
  failures_.pop_front();
  return failure;
}

}  // namespace oshirase::keyring

#include "common/keyring/keyring.h"

#include <set>
#include <utility>

#include "common/keyring/errors.h"
#include "common/status/macros.h"

namespace oshirase::keyring {

using crypto::SecretKey;
using crypto::SharedKey;

Keyring::Keyring(KeyStore& store, KeyBook& book, Clock clock)
    : store_(store), book_(book), clock_(std::move(clock)) {}

absl::StatusOr<SharedKey> Keyring::Make(const KeyName& name) { return Load(name, true); }

absl::StatusOr<SharedKey> Keyring::Get(const KeyName& name) { return Load(name, false); }

absl::StatusOr<SharedKey> Keyring::Load(const KeyName& name, bool make_if_new) {
  if (SharedKey cached = Cached(name)) return cached;
  absl::MutexLock lock(&mu_);
  if (SharedKey cached = Cached(name)) return cached;
  ASSIGN_OR_RETURN(const auto record, book_.Find(name));
  if (!record.has_value() && !make_if_new) return KeyNotMade(name);
  ASSIGN_OR_RETURN(SecretKey key, record.has_value() ? ReadRecorded(*record) : MakeNew(name));
  return Cache(name, std::move(key));
}

absl::StatusOr<SecretKey> Keyring::ReadRecorded(const KeyRecord& record) {
  if (record.destroyed_at.has_value()) return KeyDestroyed(record.name);
  auto key = store_.Get(record.name, record.fingerprint);
  const bool lost = absl::IsNotFound(key.status()) || absl::IsDataLoss(key.status());
  return lost ? KeyLost(record.name) : std::move(key);
}

absl::StatusOr<SecretKey> Keyring::MakeNew(const KeyName& name) {
  ASSIGN_OR_RETURN(SecretKey key, store_.PutIfAbsent(name, SecretKey::Random()));
  const KeyRecord mine{
      .name = name, .fingerprint = FingerprintOf(key), .made_at = clock_(), .destroyed_at = {}};
  ASSIGN_OR_RETURN(const KeyRecord recorded, book_.Record(mine));
  const bool agreed =
      !recorded.destroyed_at.has_value() && recorded.fingerprint == mine.fingerprint;
  return agreed ? std::move(key) : ReadRecorded(recorded);
}

absl::Status Keyring::Destroy(const KeyName& name) {
  absl::MutexLock lock(&mu_);
  {
    absl::MutexLock cache_lock(&cache_mu_);
    cache_.erase(name);
  }
  RETURN_IF_ERROR(store_.Erase(name));
  const absl::Status marked = book_.MarkDestroyed(name, clock_());
  return absl::IsNotFound(marked) ? absl::OkStatus() : marked;
}

absl::Status Keyring::ReplaceLost(const KeyName& name) {
  absl::MutexLock lock(&mu_);
  ASSIGN_OR_RETURN(const auto record, book_.Find(name));
  if (!record.has_value()) return KeyNotLost(name);
  absl::Status found = ReadRecorded(*record).status();
  if (found.ok()) return KeyNotLost(name);
  if (ReasonOf(found) != kKeyLost) return found;

  const SharedKey remembered = Cached(name);
  RETURN_IF_ERROR(store_.Erase(name));  // damaged copies
  ASSIGN_OR_RETURN(SecretKey key, store_.PutIfAbsent(name, remembered ? remembered->Clone()
                                                                      : SecretKey::Random()));
  const KeyRecord replacement{
      .name = name, .fingerprint = FingerprintOf(key), .made_at = clock_(), .destroyed_at = {}};
  if (replacement.fingerprint != record->fingerprint) {
    RETURN_IF_ERROR(book_.Replace(record->fingerprint, replacement));
  }
  Cache(name, std::move(key));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> Keyring::EraseReturned(const std::string& purpose) {
  absl::MutexLock lock(&mu_);
  ASSIGN_OR_RETURN(const std::vector<std::string> stored, store_.Labels(purpose));
  ASSIGN_OR_RETURN(const std::vector<KeyRecord> records, book_.List(purpose));
  const std::set<std::string> in_store(stored.begin(), stored.end());
  std::vector<std::string> erased;
  for (const KeyRecord& record : records) {
    if (!record.destroyed_at.has_value() || !in_store.contains(record.name.label)) continue;
    RETURN_IF_ERROR(store_.Erase(record.name));
    erased.push_back(record.name.label);
  }
  return erased;
}

absl::StatusOr<std::vector<std::string>> Keyring::LivingLabels(const std::string& purpose) {
  ASSIGN_OR_RETURN(const std::vector<std::string> stored, store_.Labels(purpose));
  ASSIGN_OR_RETURN(const std::vector<KeyRecord> records, book_.List(purpose));
  std::set<std::string> living(stored.begin(), stored.end());
  for (const KeyRecord& record : records) {
    if (record.destroyed_at.has_value()) {
      living.erase(record.name.label);
    } else {
      living.insert(record.name.label);
    }
  }
  return std::vector<std::string>(living.begin(), living.end());
}

absl::StatusOr<std::vector<std::string>> Keyring::LostLabels(const std::string& purpose) {
  absl::MutexLock lock(&mu_);
  ASSIGN_OR_RETURN(const std::vector<KeyRecord> records, book_.List(purpose));
  std::vector<std::string> lost;
  for (const KeyRecord& record : records) {
    if (record.destroyed_at.has_value()) continue;
    const absl::Status status = ReadRecorded(record).status();
    if (!status.ok() && ReasonOf(status) != kKeyLost) return status;
    if (!status.ok()) lost.push_back(record.name.label);
  }
  return lost;
}

SharedKey Keyring::Cached(const KeyName& name) {
  absl::MutexLock lock(&cache_mu_);
  const auto found = cache_.find(name);
  return found == cache_.end() ? nullptr : found->second;
}

SharedKey Keyring::Cache(const KeyName& name, SecretKey key) {
  SharedKey shared = crypto::ShareKey(std::move(key));
  absl::MutexLock lock(&cache_mu_);
  cache_.insert_or_assign(name, shared);
  return shared;
}

}  // namespace oshirase::keyring

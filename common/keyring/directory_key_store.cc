#include "common/keyring/directory_key_store.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_split.h"
#include "common/crypto/big_endian.h"
#include "common/crypto/secret_box.h"
#include "common/keyring/errors.h"
#include "common/status/macros.h"

namespace oshirase::keyring {
namespace {

using crypto::SecretKey;

constexpr char kExtension[] = "key";

std::string FileNameOf(const KeyName& name) {
  return name.purpose + "." + name.label + "." + kExtension;
}

// The name of the key in a file, or nothing for a file that is none of ours.
std::optional<KeyName> NameOfFile(const std::string& file) {
  const std::vector<std::string> parts = absl::StrSplit(file, '.');
  if (parts.size() != 3 || parts[2] != kExtension) return std::nullopt;
  KeyName name{parts[0], parts[1]};
  if (!IsValid(name)) return std::nullopt;
  return name;
}

std::string AdditionalData(const KeyName& name) {
  return std::string(name.purpose).append(1, '\0').append(name.label);
}

}  // namespace

// What the mirrors hold under one name.
struct DirectoryKeyStore::Copies {
  std::optional<SecretKey> good;  // the first good copy
  std::vector<const DurableDirectory*> missing;
  std::vector<const DurableDirectory*> damaged;  // sealed otherwise, changed, or another key
  absl::Status unavailable;                      // of the first mirror that could not be asked
};

DirectoryKeyStore::DirectoryKeyStore(DirectoryKeyStoreOptions options)
    : key_encryption_key_(std::move(options.key_encryption_key)),
      warn_(std::move(options.warn)),
      mirrors_(options.directories.begin(), options.directories.end()) {}

absl::StatusOr<std::unique_ptr<DirectoryKeyStore>> DirectoryKeyStore::Open(
    DirectoryKeyStoreOptions options) {
  std::unique_ptr<DirectoryKeyStore> store(new DirectoryKeyStore(std::move(options)));
  if (store->mirrors_.empty()) return KeyringDirectoryUnusable("no keyring directory is named");
  for (const DurableDirectory& mirror : store->mirrors_) RETURN_IF_ERROR(mirror.CheckUsable());
  RETURN_IF_ERROR(store->CheckKeyEncryptionKey());
  return store;
}

absl::Status DirectoryKeyStore::CheckKeyEncryptionKey() const {
  bool any_key = false;
  for (const DurableDirectory& mirror : mirrors_) {
    ASSIGN_OR_RETURN(const std::vector<std::string> files, mirror.Names());
    for (const std::string& file : files) {
      const auto name = NameOfFile(file);
      if (!name.has_value()) continue;
      const auto key = ReadFrom(mirror, *name);
      if (key.ok()) return absl::OkStatus();
      if (absl::IsUnavailable(key.status())) return key.status();
      any_key = any_key || !absl::IsNotFound(key.status());
    }
  }
  return any_key ? WrongKeyEncryptionKey() : absl::OkStatus();
}

absl::StatusOr<SecretKey> DirectoryKeyStore::Get(const KeyName& name,
                                                 const std::optional<Fingerprint>& expected) {
  if (!IsValid(name)) return InvalidKeyName();
  Copies copies = ReadAll(name, expected);
  if (!copies.good.has_value()) {
    RETURN_IF_ERROR(copies.unavailable);
    return copies.damaged.empty() ? KeyNotFound(name) : KeyDamaged(name);
  }
  if (!copies.unavailable.ok()) warn_(copies.unavailable);
  if (const auto mended = Mend(name, copies); !mended.ok()) warn_(mended);
  return *std::move(copies.good);
}

absl::StatusOr<SecretKey> DirectoryKeyStore::PutIfAbsent(const KeyName& name,
                                                         const SecretKey& key) {
  if (!IsValid(name)) return InvalidKeyName();
  Copies copies = ReadAll(name, std::nullopt);
  RETURN_IF_ERROR(copies.unavailable);
  if (copies.good.has_value()) {
    RETURN_IF_ERROR(Mend(name, copies));
    return *std::move(copies.good);
  }
  if (!copies.damaged.empty()) return KeyDamaged(name);
  ASSIGN_OR_RETURN(SecretKey winner, PutInto(mirrors_.front(), name, key));
  for (size_t i = 1; i < mirrors_.size(); ++i) {
    ASSIGN_OR_RETURN(const SecretKey copy, PutInto(mirrors_[i], name, winner));
    if (!(copy == winner)) return KeyDamaged(name);
  }
  return winner;
}

absl::Status DirectoryKeyStore::Erase(const KeyName& name) {
  if (!IsValid(name)) return InvalidKeyName();
  absl::Status first_failure;
  for (const DurableDirectory& mirror : mirrors_)
    first_failure.Update(mirror.Erase(FileNameOf(name)));
  return first_failure;
}

absl::StatusOr<std::vector<std::string>> DirectoryKeyStore::Labels(const std::string& purpose) {
  std::set<std::string> labels;
  for (const DurableDirectory& mirror : mirrors_) {
    ASSIGN_OR_RETURN(const std::vector<std::string> files, mirror.Names());
    for (const std::string& file : files) {
      const auto name = NameOfFile(file);
      if (name.has_value() && name->purpose == purpose) labels.insert(name->label);
    }
  }
  return std::vector<std::string>(labels.begin(), labels.end());
}

absl::StatusOr<SecretKey> DirectoryKeyStore::ReadFrom(const DurableDirectory& mirror,
                                                      const KeyName& name) const {
  ASSIGN_OR_RETURN(const std::string sealed, mirror.Read(FileNameOf(name)));
  auto opened = crypto::OpenWithKey(key_encryption_key_, AdditionalData(name), sealed);
  if (!opened.ok()) return KeyDamaged(name);
  auto key = SecretKey::FromBytes(*opened);
  crypto::WipeString(*opened);
  if (!key.ok()) return KeyDamaged(name);
  return key;
}

DirectoryKeyStore::Copies DirectoryKeyStore::ReadAll(
    const KeyName& name, const std::optional<Fingerprint>& expected) const {
  Copies copies;
  for (const DurableDirectory& mirror : mirrors_) {
    auto key = ReadFrom(mirror, name);
    if (absl::IsUnavailable(key.status())) {
      copies.unavailable.Update(key.status());
    } else if (absl::IsNotFound(key.status())) {
      copies.missing.push_back(&mirror);
    } else if (!key.ok() || (expected.has_value() && FingerprintOf(*key) != *expected) ||
               (copies.good.has_value() && !(*key == *copies.good))) {
      copies.damaged.push_back(&mirror);
    } else if (!copies.good.has_value()) {
      copies.good = *std::move(key);
    }
  }
  return copies;
}

absl::Status DirectoryKeyStore::Mend(const KeyName& name, const Copies& copies) const {
  absl::Status first_failure;
  for (const DurableDirectory* mirror : copies.missing) {
    first_failure.Update(PutInto(*mirror, name, *copies.good).status());
  }
  for (const DurableDirectory* mirror : copies.damaged) {
    first_failure.Update(mirror->Replace(
        FileNameOf(name), crypto::SealWithKey(key_encryption_key_, AdditionalData(name),
                                              crypto::AsText(copies.good->bytes()))));
  }
  return first_failure;
}

absl::StatusOr<SecretKey> DirectoryKeyStore::PutInto(const DurableDirectory& mirror,
                                                     const KeyName& name,
                                                     const SecretKey& key) const {
  const std::string sealed =
      crypto::SealWithKey(key_encryption_key_, AdditionalData(name), crypto::AsText(key.bytes()));
  ASSIGN_OR_RETURN(const bool made, mirror.Create(FileNameOf(name), sealed));
  if (made) return key.Clone();
  auto theirs = ReadFrom(mirror, name);
  if (absl::IsNotFound(theirs.status())) {
    return KeyStoreUnavailable("key " + Describe(name) + " was erased while it was stored");
  }
  return theirs;
}

std::vector<std::string> SplitDirectories(const std::string& colon_separated) {
  return absl::StrSplit(colon_separated, ':', absl::SkipEmpty());
}

}  // namespace oshirase::keyring

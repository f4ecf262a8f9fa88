// Every error of the keyring, by name. Names of keys are no secrets: a purpose, a day, a case id.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/keyring/key_name.h"
#include "common/status/errors.h"

namespace oshirase::keyring {

// Of a store.

inline absl::Status KeyNotFound(const KeyName& name) {
  return ReasonedError(absl::StatusCode::kNotFound, "KEY_NOT_FOUND",
                       "no key " + Describe(name) + " in the keyring");
}

inline absl::Status KeyDamaged(const KeyName& name) {
  return ReasonedError(absl::StatusCode::kDataLoss, "KEY_DAMAGED",
                       "key " + Describe(name) + " is in the keyring, but no copy is good");
}

inline absl::Status KeyStoreUnavailable(const std::string& problem) {
  return ReasonedError(absl::StatusCode::kUnavailable, "KEY_STORE_UNAVAILABLE", problem);
}

inline absl::Status KeyringDirectoryUnusable(const std::string& problem) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "KEYRING_DIRECTORY_UNUSABLE", problem);
}

inline absl::Status WrongKeyEncryptionKey() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "WRONG_KEY_ENCRYPTION_KEY",
                       "the keyring holds keys, and the key-encryption key opens none of them");
}

inline absl::Status InvalidKeyName() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_KEY_NAME",
                       "purpose and label of a key are 1 to 40 characters of a-z, 0-9 and -");
}

// Of a key's life; their reasons are in keyring.h.

inline absl::Status KeyLost(const KeyName& name) {
  return ReasonedError(absl::StatusCode::kDataLoss, "KEY_LOST",
                       "key " + Describe(name) + " was made, but the keyring has lost it");
}

inline absl::Status KeyDestroyed(const KeyName& name) {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "KEY_DESTROYED",
                       "key " + Describe(name) + " was destroyed at its end");
}

inline absl::Status KeyNotMade(const KeyName& name) {
  return ReasonedError(absl::StatusCode::kNotFound, "KEY_NOT_MADE",
                       "key " + Describe(name) + " has not been made yet");
}

inline absl::Status KeyNotLost(const KeyName& name) {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "KEY_NOT_LOST",
                       "key " + Describe(name) + " is not lost, so it is not replaced");
}

// Of a book.

inline absl::Status KeyNotRecorded(const KeyName& name) {
  return ReasonedError(absl::StatusCode::kNotFound, "KEY_NOT_RECORDED",
                       "key " + Describe(name) + " is not in the book");
}

inline absl::Status KeyRecordChanged(const KeyName& name) {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "KEY_RECORD_CHANGED",
                       "the record of key " + Describe(name) + " is no longer the lost key's");
}

}  // namespace oshirase::keyring

// Every error of sealing and signing, by name. None says what was inside.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/status/errors.h"

namespace oshirase::crypto {

inline absl::Status SealMalformed() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "SEAL_MALFORMED",
                       "a seal has the wrong size or an unknown version");
}

inline absl::Status SealDoesNotOpen() {
  return ReasonedError(absl::StatusCode::kDataLoss, "SEAL_DOES_NOT_OPEN",
                       "a seal does not open: another key, another place, or changed");
}

inline absl::Status SealedForAnotherKey() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "SEALED_FOR_ANOTHER_KEY",
                       "a row was sealed for another key");
}

inline absl::Status InvalidPublicKey() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_PUBLIC_KEY",
                       "not a usable X25519 public key");
}

inline absl::Status InvalidVenueKeys() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_VENUE_KEYS",
                       "a venue's day has 24 keys of 32 bytes, by hours 0 to 23");
}

inline absl::Status InvalidKeySize() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_KEY_SIZE",
                       "a key has the wrong size");
}

inline absl::Status InvalidKeyFile(const std::string& path, const std::string& problem) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_KEY_FILE",
                       path + ": " + problem);
}

inline absl::Status InvalidSigningKey() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_SIGNING_KEY",
                       "not an Ed25519 private key in unencrypted PKCS#8 PEM");
}

inline absl::Status InvalidSignature() {
  return ReasonedError(absl::StatusCode::kPermissionDenied, "SIGNATURE_INVALID",
                       "the signature does not belong to this key, role, statement and time");
}

inline absl::Status InvalidCertificate(const std::string& problem) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_CERTIFICATE", problem);
}

}  // namespace oshirase::crypto

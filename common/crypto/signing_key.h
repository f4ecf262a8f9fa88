// Ed25519 signatures: officers' statements and audit heads.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/crypto/secret.h"

namespace oshirase::crypto {

using VerifyKey = std::array<uint8_t, 32>;

inline constexpr size_t kSignatureSize = 64;

// A private key. Move-only, wiped when destroyed. Thread-safe.
class SigningKey {
 public:
  // The key that grows from a 32 byte seed (RFC 8032's private key).
  static SigningKey FromSeed(const SecretKey& seed);

  // Reads an unencrypted PKCS#8 PEM file's content, the form that TLS uses too.
  // Returns INVALID_ARGUMENT, reason INVALID_SIGNING_KEY, when it is no Ed25519 key.
  static absl::StatusOr<SigningKey> FromPem(std::string_view pem);

  // The public half, for Verify().
  const VerifyKey& verify_key() const { return verify_key_; }

  // A 64 byte detached signature; deterministic.
  std::string Sign(std::string_view message) const;

 private:
  SigningKey() = default;

  VerifyKey verify_key_{};
  SecretBytes<64> secret_;
};

// Whether `signature` is `key`'s over `message`. False for a signature of the wrong size, a
// non-canonical one, or a key of small order.
bool Verify(const VerifyKey& key, std::string_view message, std::string_view signature);

}  // namespace oshirase::crypto

// XChaCha20-Poly1305 as both kinds of seal use it: version 1 ‖ nonce 24 ‖ ciphertext and tag.
// Callers put the version into the additional data.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/crypto/secret.h"

namespace oshirase::crypto {

inline constexpr char kAeadVersion = 1;
inline constexpr size_t kAeadHeader = 1 + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
inline constexpr size_t kAeadOverhead = kAeadHeader + crypto_aead_xchacha20poly1305_ietf_ABYTES;

// Seals with a fresh random nonce.
std::string AeadSeal(const SecretKey& key, std::string_view additional_data,
                     std::string_view plain);

// Whether `sealed` has a known version and room for its parts.
bool IsAeadSeal(std::string_view sealed);

// Opens into `plain`, which must have room for sealed.size() - kAeadOverhead bytes; false when it
// does not open. `sealed` must be a seal by IsAeadSeal().
bool AeadOpen(const SecretKey& key, std::string_view additional_data, std::string_view sealed,
              uint8_t* plain);

}  // namespace oshirase::crypto

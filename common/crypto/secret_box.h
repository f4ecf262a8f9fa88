// Sealing of short secrets under a key the process holds: a batch's recipients before they reach a
// statement, a key file under the key-encryption key, the token behind a button.
//
// Layout: version 1 ‖ nonce 24 ‖ XChaCha20-Poly1305(plain) with 16 bytes of tag; additional data =
// version 1 ‖ the caller's. Say in the additional data what the secret is and where it belongs.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/crypto/secret.h"

namespace oshirase::crypto {

inline constexpr size_t kSecretBoxOverhead = 1 + 24 + 16;

// Seals `plain` with a fresh random nonce. Thread-safe.
std::string SealWithKey(const SecretKey& key, std::string_view additional_data,
                        std::string_view plain);

// Opens what SealWithKey made; the caller wipes the result when it is done (WipeString).
// Returns INVALID_ARGUMENT, reason SEAL_MALFORMED, when size or version are wrong, and DATA_LOSS,
// reason SEAL_DOES_NOT_OPEN, when key or additional data are others or a bit has changed.
absl::StatusOr<std::string> OpenWithKey(const SecretKey& key, std::string_view additional_data,
                                        std::string_view sealed);

}  // namespace oshirase::crypto

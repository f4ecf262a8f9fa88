// How a key is recognised without being kept: what the database remembers of it.
#pragma once

#include <array>
#include <cstdint>

#include "common/crypto/secret.h"

namespace oshirase::keyring {

// The first 16 bytes of KeyedHash(key, "oshirase fingerprint 1", ""), see crypto/keyed_hash.h.
// Tells nothing of the key.
using Fingerprint = std::array<uint8_t, 16>;

Fingerprint FingerprintOf(const crypto::SecretKey& key);

}  // namespace oshirase::keyring

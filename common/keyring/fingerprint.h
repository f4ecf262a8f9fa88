// How a key is recognised without being kept: what the database remembers of it.
#pragma once

#include <array>
#include <cstdint>

#include "common/crypto/secret.h"

namespace oshirase::keyring {

// First 16 bytes of keyed BLAKE2b-256(key, "oshirase fingerprint 1"). Tells nothing of the key.
using Fingerprint = std::array<uint8_t, 16>;

Fingerprint FingerprintOf(const crypto::SecretKey& key);

}  // namespace oshirase::keyring

// Random bytes for ids and keys, from the operating system through libsodium.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace oshirase::ids {

// Fills `bytes` with unpredictable bytes. Never fails: the process ends when the system cannot give
// randomness, since an id or a key that can be guessed is worse than none. Thread-safe.
void FillRandom(std::span<uint8_t> bytes);

}  // namespace oshirase::ids

// Keyed hashes: how the notifier remembers "this person" without keeping an id. Without the key a
// hash cannot be tried against the id space; with another purpose the same key gives unrelated
// values.
//
// hash = keyed BLAKE2b-256(key, length of purpose 1 ‖ purpose ‖ message).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "common/crypto/secret.h"
#include "common/ids/line_user_id.h"

namespace oshirase::crypto {

using Hash = std::array<uint8_t, 32>;

// Under the suppression key: who erased themselves, unfollowed, or chose a language.
inline constexpr std::string_view kSuppressionPurpose = "oshirase suppression 1";
inline constexpr std::string_view kLanguagePurpose = "oshirase language 1";
// Under a case's key: who was told already.
inline constexpr std::string_view kToldPurpose = "oshirase told 1";

// `purpose` is at most 255 bytes. Thread-safe.
Hash KeyedHash(const SecretKey& key, std::string_view purpose, std::string_view message);

// The hash of a person: the message is the 16 raw bytes of the id.
Hash PersonHash(const SecretKey& key, std::string_view purpose, const ids::LineUserId& user_id);

}  // namespace oshirase::crypto

// The outer lock's keys: one X25519 pair per venue and hour, derived from the registry's day seed,
// so that the registry can release exactly the hours that two officers signed for.
//
// seed = keyed BLAKE2b-256(key = day seed S_d, "oshirase outer 1" ‖ day, int32 big endian ‖
//        venue id 16 ‖ hour 1); pair = crypto_box_seed_keypair(seed).
// Every part has a fixed length, so two inputs never run into each other.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/crypto/secret.h"
#include "common/ids/uuid.h"
#include "common/time/japan_time.h"

namespace oshirase::crypto {

using PublicKey = std::array<uint8_t, 32>;

inline constexpr int kHoursOfDay = 24;
inline constexpr size_t kVenueDayKeysSize = kHoursOfDay * sizeof(PublicKey);  // 768

struct VenueHour {
  Day day{};
  ids::UuidBytes venue_id{};
  int hour = 0;  // 0 to 23, Japan time
};

struct OuterKeyPair {
  PublicKey public_key{};
  SecretKey private_key;
};

// The pair of one venue and hour. `hour` must be 0 to 23. Thread-safe.
OuterKeyPair DeriveOuterKeyPair(const SecretKey& day_seed, const VenueHour& venue_hour);

// The pair that belongs to a private key that was released over the wire.
OuterKeyPair OuterKeyPairOf(SecretKey private_key);

// The public keys of all hours of a venue's day, in order: 768 bytes.
std::string DeriveVenueDayKeys(const SecretKey& day_seed, Day day, const ids::UuidBytes& venue_id);

// The key of `hour` out of what DeriveVenueDayKeys made.
// Returns INVALID_ARGUMENT, reason INVALID_VENUE_KEYS, unless there are 768 bytes and `hour` is 0
// to 23.
absl::StatusOr<PublicKey> VenueHourKey(std::string_view venue_day_keys, int hour);

}  // namespace oshirase::crypto

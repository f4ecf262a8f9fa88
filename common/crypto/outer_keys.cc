#include "common/crypto/outer_keys.h"

#include <algorithm>
#include <utility>

#include "common/crypto/big_endian.h"
#include "common/crypto/errors.h"

namespace oshirase::crypto {
namespace {

constexpr std::string_view kDerivation = "oshirase outer 1";

}  // namespace

OuterKeyPair DeriveOuterKeyPair(const SecretKey& day_seed, const VenueHour& venue_hour) {
  std::string input(kDerivation);
  AppendInt32(input, venue_hour.day.value);
  input.append(AsText(venue_hour.venue_id));
  input += static_cast<char>(venue_hour.hour);

  const SecretKey seed = DeriveKey(day_seed, input);
  OuterKeyPair pair;
  crypto_box_seed_keypair(pair.public_key.data(), pair.private_key.mutable_bytes().data(),
                          seed.data());
  return pair;
}

OuterKeyPair OuterKeyPairOf(SecretKey private_key) {
  EnsureSodium();
  OuterKeyPair pair;
  crypto_scalarmult_base(pair.public_key.data(), private_key.data());
  pair.private_key = std::move(private_key);
  return pair;
}

std::string DeriveVenueDayKeys(const SecretKey& day_seed, Day day, const ids::UuidBytes& venue_id) {
  std::string keys;
  keys.reserve(kVenueDayKeysSize);
  for (int hour = 0; hour < kHoursOfDay; ++hour) {
    keys.append(AsText(DeriveOuterKeyPair(day_seed, {day, venue_id, hour}).public_key));
  }
  return keys;
}

absl::StatusOr<PublicKey> VenueHourKey(std::string_view venue_day_keys, int hour) {
  if (venue_day_keys.size() != kVenueDayKeysSize || hour < 0 || hour >= kHoursOfDay) {
    return InvalidVenueKeys();
  }
  PublicKey key;
  const auto* first = venue_day_keys.data() + static_cast<size_t>(hour) * key.size();
  std::copy(first, first + key.size(), key.begin());
  return key;
}

}  // namespace oshirase::crypto

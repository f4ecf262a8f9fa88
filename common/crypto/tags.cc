#include "common/crypto/tags.h"

#include <algorithm>

#include "common/crypto/big_endian.h"

namespace oshirase::crypto {

DayTags::DayTags(const SecretKey& tag_key) {
  EnsureSodium();
  crypto_auth_hmacsha256_init(&keyed_state_, tag_key.data(), SecretKey::kSize);
}

DayTags::~DayTags() { sodium_memzero(&keyed_state_, sizeof(keyed_state_)); }

Tag DayTags::VisitId(std::string_view webhook_event_id) const {
  return Make('v', webhook_event_id);
}

Tag DayTags::PersonTag(const ids::LineUserId& user_id) const {
  return Make('p', AsText(user_id.bytes));
}

Tag DayTags::EventTag(std::string_view webhook_event_id) const {
  return Make('c', webhook_event_id);
}

Tag DayTags::Make(char letter, std::string_view input) const {
  crypto_auth_hmacsha256_state state = keyed_state_;
  const auto first = static_cast<uint8_t>(letter);
  crypto_auth_hmacsha256_update(&state, &first, 1);
  crypto_auth_hmacsha256_update(&state, AsBytes(input), input.size());
  std::array<uint8_t, crypto_auth_hmacsha256_BYTES> mac;
  crypto_auth_hmacsha256_final(&state, mac.data());
  sodium_memzero(&state, sizeof(state));

  Tag tag;
  std::copy_n(mac.begin(), tag.size(), tag.begin());
  return tag;
}

}  // namespace oshirase::crypto

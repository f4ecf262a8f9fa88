#include "common/crypto/keyed_hash.h"

#include "common/crypto/big_endian.h"

namespace oshirase::crypto {

Hash KeyedHash(const SecretKey& key, std::string_view purpose, std::string_view message) {
  EnsureSodium();
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.data(), SecretKey::kSize, sizeof(Hash));
  const auto length = static_cast<uint8_t>(purpose.size());
  crypto_generichash_update(&state, &length, 1);
  crypto_generichash_update(&state, AsBytes(purpose), purpose.size());
  crypto_generichash_update(&state, AsBytes(message), message.size());
  Hash hash;
  crypto_generichash_final(&state, hash.data(), hash.size());
  sodium_memzero(&state, sizeof(state));
  return hash;
}

Hash PersonHash(const SecretKey& key, std::string_view purpose, const ids::LineUserId& user_id) {
  return KeyedHash(key, purpose, AsText(user_id.bytes));
}

}  // namespace oshirase::crypto

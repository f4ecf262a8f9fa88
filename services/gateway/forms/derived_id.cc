#include "services/gateway/forms/derived_id.h"

#include <algorithm>

#include "common/crypto/keyed_hash.h"
#include "common/ids/uuid.h"

namespace oshirase::gateway {

std::string IdOf(const crypto::SecretKey& key, std::string_view purpose, std::string_view content) {
  const crypto::Hash hash = crypto::KeyedHash(key, purpose, content);
  ids::UuidBytes bytes{};
  std::copy_n(hash.begin(), bytes.size(), bytes.begin());
  // Version and variant, as of a random one.
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3F) | 0x80);
  return ids::FormatUuid(bytes);
}

}  // namespace oshirase::gateway

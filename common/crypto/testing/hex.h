// Test vectors as the hexadecimal text that other programs print.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "common/crypto/big_endian.h"
#include "common/crypto/secret.h"
#include "common/ids/hex.h"

namespace oshirase::crypto {

inline std::string FromHex(std::string_view hex) {
  std::string bytes(hex.size() / 2, '\0');
  if (!ids::ReadHex(hex, {AsBytes(bytes), bytes.size()})) throw std::invalid_argument("not hex");
  return bytes;
}

inline std::string ToHex(std::span<const uint8_t> bytes) {
  std::string hex;
  ids::AppendHex(bytes, hex);
  return hex;
}

inline std::string ToHex(std::string_view bytes) {
  return ToHex(std::span(AsBytes(bytes), bytes.size()));
}

// The key 00 01 02 … 1f of the vectors.
inline SecretKey CountingKey() {
  SecretKey key;
  for (size_t i = 0; i < SecretKey::kSize; ++i) key.mutable_bytes()[i] = static_cast<uint8_t>(i);
  return key;
}

}  // namespace oshirase::crypto

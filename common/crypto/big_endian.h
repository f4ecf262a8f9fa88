// The byte layouts of seals, tags and signatures: integers big endian, texts as their bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace oshirase::crypto {

// For libsodium and OpenSSL, which take unsigned bytes.
inline const uint8_t* AsBytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}
inline uint8_t* AsBytes(std::string& text) { return reinterpret_cast<uint8_t*>(text.data()); }

// The same bytes as text.
inline std::string_view AsText(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline void AppendInt32(std::string& text, int32_t value) {
  const auto bits = static_cast<uint32_t>(value);
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(bits >> shift);
}

inline void AppendInt64(std::string& text, int64_t value) {
  const auto bits = static_cast<uint64_t>(value);
  for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(bits >> shift);
}

// Reads the int64 at `bytes`, which must hold 8.
inline int64_t ReadInt64(const uint8_t* bytes) {
  uint64_t bits = 0;
  for (int i = 0; i < 8; ++i) bits = bits << 8 | bytes[i];
  return static_cast<int64_t>(bits);
}

}  // namespace oshirase::crypto

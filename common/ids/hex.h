// Lower-case hexadecimal, for the ids that are written so. Upper case is refused: one id has one
// spelling.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace oshirase::ids {

inline constexpr std::string_view kHexDigits = "0123456789abcdef";

// Appends two digits per byte.
inline void AppendHex(std::span<const uint8_t> bytes, std::string& text) {
  for (const uint8_t byte : bytes) {
    text += kHexDigits[byte >> 4];
    text += kHexDigits[byte & 15];
  }
}

// 0-15, or -1.
inline int HexValue(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

// Fills `bytes` from exactly two digits each; false, and `bytes` undefined, for anything else.
inline bool ReadHex(std::string_view digits, std::span<uint8_t> bytes) {
  if (digits.size() != 2 * bytes.size()) return false;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const int high = HexValue(digits[2 * i]);
    const int low = HexValue(digits[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    bytes[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return true;
}

}  // namespace oshirase::ids

#include "common/ids/uuid.h"

#include "common/ids/hex.h"
#include "common/ids/random.h"
#include "common/status/errors.h"

namespace oshirase::ids {
namespace {

constexpr size_t kTextSize = 36;

constexpr bool IsHyphenPlace(size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

absl::Status InvalidUuid() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_UUID",
                       "not a UUID of 36 lower-case characters");
}

}  // namespace

std::string NewUuid() {
  UuidBytes bytes;
  FillRandom(bytes);
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0f) | 0x40);  // RFC 4122: version 4
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3f) | 0x80);  // and its variant
  return FormatUuid(bytes);
}

absl::StatusOr<UuidBytes> ParseUuid(std::string_view text) {
  if (text.size() != kTextSize) return InvalidUuid();
  std::string digits;
  digits.reserve(2 * sizeof(UuidBytes));
  for (size_t i = 0; i < kTextSize; ++i) {
    if (IsHyphenPlace(i) != (text[i] == '-')) return InvalidUuid();
    if (text[i] != '-') digits += text[i];
  }
  UuidBytes bytes;
  if (!ReadHex(digits, bytes)) return InvalidUuid();
  return bytes;
}

std::string FormatUuid(const UuidBytes& bytes) {
  std::string digits;
  AppendHex(bytes, digits);
  std::string text;
  text.reserve(kTextSize);
  for (const char digit : digits) {
    if (IsHyphenPlace(text.size())) text += '-';
    text += digit;
  }
  return text;
}

}  // namespace oshirase::ids

#include "services/registry/domain/tokens.h"

#include <array>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/ids/random.h"

namespace oshirase::registry {
namespace {

constexpr char kApiKeyPrefix[] = "osk_";

std::string RandomText() {
  std::array<uint8_t, 32> bytes{};
  ids::FillRandom(bytes);
  return absl::WebSafeBase64Escape(
      absl::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

Token TokenOf(std::string text) {
  const TokenHash hash = HashOf(text);
  return {.text = std::move(text), .hash = hash};
}

}  // namespace

Token NewToken() { return TokenOf(RandomText()); }

Token NewApiKey() { return TokenOf(absl::StrCat(kApiKeyPrefix, RandomText())); }

TokenHash HashOf(const std::string& text) { return crypto::Sha256(text); }

}  // namespace oshirase::registry

#include "services/gateway/http/url.h"

#include "absl/strings/ascii.h"

namespace oshirase::gateway {
namespace {

std::string Encode(std::string_view text, std::string_view also_plain) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || also_plain.find(c) != std::string_view::npos) {
      result.push_back(c);
    } else {
      static constexpr char kHex[] = "0123456789ABCDEF";
      result.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
  return result;
}

}  // namespace

std::string PercentEncode(std::string_view text) { return Encode(text, "-._~"); }

std::string EncodePath(std::string_view path) { return Encode(path, "-._~/"); }

std::string EncodeQuery(const std::vector<std::pair<std::string, std::string>>& query) {
  std::string result;
  for (const auto& [name, value] : query) {
    if (!result.empty()) result += '&';
    result += PercentEncode(name) + '=' + PercentEncode(value);
  }
  return result;
}

}  // namespace oshirase::gateway

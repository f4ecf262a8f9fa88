#include "services/gateway/http/framing.h"

#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace oshirase::gateway {
namespace {

// The headers that say how a request's body is sent; null when there is none.
struct Framing {
  const std::string* transfer_encoding = nullptr;
  const std::string* content_encoding = nullptr;
  const std::string* expect = nullptr;
  const std::string* content_type = nullptr;
  const std::string* content_length = nullptr;
  size_t content_lengths = 0;
};

Framing FramingOf(const httplib::Headers& headers) {
  Framing framing;
  for (const auto& [name, value] : headers) {
    if (absl::EqualsIgnoreCase(name, "Transfer-Encoding")) {
      framing.transfer_encoding = &value;
    } else if (absl::EqualsIgnoreCase(name, "Content-Encoding")) {
      framing.content_encoding = &value;
    } else if (absl::EqualsIgnoreCase(name, "Expect")) {
      framing.expect = &value;
    } else if (absl::EqualsIgnoreCase(name, "Content-Type")) {
      if (framing.content_type == nullptr) framing.content_type = &value;
    } else if (absl::EqualsIgnoreCase(name, "Content-Length")) {
      framing.content_length = &value;
      ++framing.content_lengths;
    }
  }
  return framing;
}

// The value of the one Content-Length, digits only: "+5", "5, 5" and " 5" are somebody's trick.
std::optional<uint64_t> ContentLength(const Framing& framing) {
  if (framing.content_lengths != 1) return std::nullopt;
  const std::string& text = *framing.content_length;
  uint64_t length = 0;
  if (text.empty() || text.size() > 12) return std::nullopt;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
  }
  if (!absl::SimpleAtoi(text, &length)) return std::nullopt;
  return length;
}

}  // namespace

std::optional<FramingRefusal> CheckFraming(const httplib::Request& request, const Router& router) {
  const Framing framing = FramingOf(request.headers);
  if (framing.transfer_encoding != nullptr) return FramingRefusal{411, "transfer_encoding"};
  if (framing.content_encoding != nullptr) return FramingRefusal{415, "content_encoding"};
  if (framing.expect != nullptr) return FramingRefusal{417, "expect"};

  const std::optional<uint64_t> length = ContentLength(framing);
  if (framing.content_length != nullptr && !length) return FramingRefusal{400, "content_length"};

  if (request.method == "GET" || request.method == "HEAD") {
    if (length.value_or(0) > 0) return FramingRefusal{400, "body_not_expected"};
    return std::nullopt;
  }
  const Route* route = router.Find(request.method, request.path);
  if (route == nullptr && request.method != "POST") {
    return FramingRefusal{router.Allow(request.path).empty() ? 404 : 405, "method"};
  }
  if (!length) return FramingRefusal{411, "no_length"};
  if (*length > (route == nullptr ? kDefaultMaxBodyBytes : route->max_body_bytes)) {
    return FramingRefusal{413, "too_large"};
  }
  const bool files = framing.content_type != nullptr &&
                     absl::StartsWithIgnoreCase(*framing.content_type, "multipart/");
  if (files && (route == nullptr || !route->takes_files)) {
    return FramingRefusal{415, "multipart"};
  }
  return std::nullopt;
}

}  // namespace oshirase::gateway

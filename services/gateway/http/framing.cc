#include "services/gateway/http/framing.h"

#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace oshirase::gateway {
namespace {

// The value of the one Content-Length, digits only: "+5", "5, 5" and " 5" are somebody's trick.
std::optional<uint64_t> ContentLength(const httplib::Request& request) {
  if (request.get_header_value_count("Content-Length") != 1) return std::nullopt;
  const std::string text = request.get_header_value("Content-Length");
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
  if (request.has_header("Transfer-Encoding")) return FramingRefusal{411, "transfer_encoding"};
  if (request.has_header("Content-Encoding")) return FramingRefusal{415, "content_encoding"};
  if (request.has_header("Expect")) return FramingRefusal{417, "expect"};

  const bool has_length = request.has_header("Content-Length");
  const std::optional<uint64_t> length = ContentLength(request);
  if (has_length && !length) return FramingRefusal{400, "content_length"};

  if (request.method == "GET" || request.method == "HEAD") {
    if (length.value_or(0) > 0) return FramingRefusal{400, "body_not_expected"};
    return std::nullopt;
  }
  if (request.method != "POST") return FramingRefusal{405, "method"};
  if (!length) return FramingRefusal{411, "no_length"};
  const Route* route = router.Find(request.method, request.path);
  if (*length > (route == nullptr ? kDefaultMaxBodyBytes : route->max_body_bytes)) {
    return FramingRefusal{413, "too_large"};
  }
  const bool files =
      absl::StartsWithIgnoreCase(request.get_header_value("Content-Type"), "multipart/");
  if (files && (route == nullptr || !route->takes_files)) {
    return FramingRefusal{415, "multipart"};
  }
  return std::nullopt;
}

}  // namespace oshirase::gateway

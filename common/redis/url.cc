#include "common/redis/url.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace oshirase::redis {
namespace {

constexpr int kDefaultPort = 6379;
constexpr int kMaxPort = 65535;
// sun_path holds 108 bytes with the final NUL.
constexpr size_t kMaxSocketPath = 107;

// The text itself stays out of the message: it may hold a password.
absl::Status NoRedisUrl() {
  return absl::InvalidArgumentError("not of the form unix:///path or redis://host:port");
}

absl::StatusOr<Address> ParsePath(absl::string_view path) {
  if (path.size() < 2 || path.front() != '/') return NoRedisUrl();
  if (path.size() > kMaxSocketPath) {
    return absl::InvalidArgumentError("the path of a unix socket has at most 107 bytes");
  }
  return Address{.path = std::string(path)};
}

// Splits host:port, where an IPv6 host stands in brackets.
absl::StatusOr<Address> ParseHostAndPort(absl::string_view authority) {
  absl::string_view host = authority;
  absl::string_view rest;
  if (absl::ConsumePrefix(&host, "[")) {
    const size_t end = host.find(']');
    if (end == absl::string_view::npos) return NoRedisUrl();
    rest = host.substr(end + 1);
    host = host.substr(0, end);
  } else {
    const size_t colon = host.find(':');
    if (colon != absl::string_view::npos) {
      rest = host.substr(colon);
      host = host.substr(0, colon);
    }
  }
  int port = kDefaultPort;
  if (!rest.empty()) {
    if (!absl::ConsumePrefix(&rest, ":") || !absl::SimpleAtoi(rest, &port)) return NoRedisUrl();
  }
  if (host.empty() || port < 1 || port > kMaxPort) return NoRedisUrl();
  return Address{.host = std::string(host), .port = port};
}

}  // namespace

absl::StatusOr<Address> ParseUrl(const std::string& url) {
  absl::string_view rest = url;
  if (absl::ConsumePrefix(&rest, "unix://")) return ParsePath(rest);
  if (!absl::ConsumePrefix(&rest, "redis://")) return NoRedisUrl();
  if (absl::StrContains(rest, "@") || absl::StrContains(rest, "/") ||
      absl::StrContains(rest, "?")) {
    return absl::InvalidArgumentError("a Redis URL with more than host and port is not supported");
  }
  return ParseHostAndPort(rest);
}

}  // namespace oshirase::redis

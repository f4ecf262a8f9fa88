#include "services/gateway/http/security_headers.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace oshirase::gateway {
namespace {

constexpr std::pair<const char*, const char*> kHeaders[] = {
    // Scripts only from our own files, nothing from elsewhere, and forms go nowhere but here.
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
     "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "geolocation=(), camera=(), microphone=()"},
    {"Cache-Control", "no-store"},
};

}  // namespace

void AddSecurityHeaders(HttpResponse& response) {
  for (const auto& [name, value] : kHeaders) {
    const bool set = std::any_of(
        response.headers.begin(), response.headers.end(),
        [&name = name](const auto& header) { return absl::EqualsIgnoreCase(header.first, name); });
    if (!set) response.headers.emplace_back(name, value);
  }
}

}  // namespace oshirase::gateway

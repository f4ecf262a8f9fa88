#include "services/gateway/http/security_headers.h"

namespace oshirase::gateway {
namespace {

const httplib::Headers& SecurityHeaders() {
  static const auto& headers = *new httplib::Headers{
      // Scripts only from our own files, nothing from elsewhere, and forms go nowhere but here.
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
       "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "geolocation=(), camera=(), microphone=()"},
      {"Cache-Control", "no-store"},
  };
  return headers;
}

}  // namespace

void AddSecurityHeaders(httplib::Headers& headers) {
  for (const auto& header : SecurityHeaders()) {
    if (!headers.contains(header.first)) headers.insert(header);
  }
}

}  // namespace oshirase::gateway

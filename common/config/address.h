// Addresses as configuration writes them, and the one question asked of them: can another machine
// reach this?
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace oshirase {

// A host name or IP address (IPv6 without brackets) and a port, 0 to 65535.
struct HostPort {
  std::string host;
  uint16_t port = 0;
};

// Reads "host:port" or "[ipv6]:port". Returns INVALID_ARGUMENT for anything else.
absl::StatusOr<HostPort> ParseHostPort(absl::string_view text);

// The parts of an http or https URL.
struct HttpUrlParts {
  bool https = false;
  std::string host;
  uint16_t port = 0;  // 80 or 443 when the URL names none.
  std::string path;   // "" or "/...", without a trailing slash.
};

// Reads "http(s)://host[:port][/path]". Returns INVALID_ARGUMENT for anything else: a user, a
// query, a fragment, white space or control characters included.
absl::StatusOr<HttpUrlParts> ParseHttpUrl(absl::string_view text);

// Whether `host` is an IPv4 or IPv6 address (without brackets), not a name.
bool IsIpAddress(absl::string_view host);

// Whether `host` is "localhost" or an address of the loopback interface.
bool IsLoopbackHost(absl::string_view host);

// Whether only this machine can reach `listener`: a loopback "host:port", "unix:..." or a path.
bool IsLocalListener(absl::string_view listener);

// OK when a TCP listener could be opened on `address` now. Returns UNAVAILABLE with the reason in
// words otherwise ("port 7001 is taken"). Opens and closes it, so another process may still win.
absl::Status CheckCanListen(const HostPort& address);

}  // namespace oshirase

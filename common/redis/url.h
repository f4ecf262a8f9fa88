// Where a Redis server listens.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace oshirase::redis {

// Either a unix socket (`path` not empty) or a host and port.
struct Address {
  std::string path{};
  std::string host{};
  int port = 0;

  friend bool operator==(const Address&, const Address&) = default;
};

// Parses unix:///path/to.sock, redis://host:port, redis://host (port 6379) and redis://[::1]:6379.
// Returns INVALID_ARGUMENT for anything else; user, password and database number are refused
// rather than ignored.
absl::StatusOr<Address> ParseUrl(const std::string& url);

}  // namespace oshirase::redis

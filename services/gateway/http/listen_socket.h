// The unix socket nginx connects to.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace oshirase::gateway {

// Makes a listening socket at `path` and returns its descriptor. A socket file that nobody listens
// on any more is removed first. Returns BAD_CONFIGURATION when the path is too long, is something
// else than a socket, or is in use.
absl::StatusOr<int> ListenOnUnixSocket(const std::string& path);

}  // namespace oshirase::gateway

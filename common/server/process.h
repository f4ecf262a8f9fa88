// The outermost layer of every service's main(): what a process owes to its supervisor and to the
// secrets in its memory.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"

namespace oshirase {

inline constexpr int kExitFailure = 1;           // Something it needs is not there, or broke.
inline constexpr int kExitBadConfiguration = 2;  // Trying again will not help.

// Prepares the process (stop signals blocked, SIGPIPE ignored, core dumps off, so that keys in
// memory never reach a disk) and calls `run`. Returns the exit code: 0 when it returned OK; else
// tells on stderr why, one line per problem, each beginning with `service`, and returns
// kExitBadConfiguration or kExitFailure. Call it from main() before any thread starts.
int RunProgram(const std::string& service, const std::function<absl::Status()>& run);

}  // namespace oshirase

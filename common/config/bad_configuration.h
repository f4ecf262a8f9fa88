// The status of a process that was configured wrongly. It ends the process with exit code 2, at
// once, while any other failure to start ends it with 1 (see RunProgram in
// common/server/process.h).
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace oshirase {

// INVALID_ARGUMENT with reason BAD_CONFIGURATION; the message holds one problem a line. Each
// problem starts with the variable it is about: "LISTEN_ADDR: port 7001 is taken".
absl::Status BadConfiguration(const std::vector<std::string>& problems);

// Whether BadConfiguration() made `status`.
bool IsBadConfiguration(const absl::Status& status);

}  // namespace oshirase

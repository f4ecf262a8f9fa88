// The connection string, parsed by libpq and completed with our defaults.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace oshirase::postgres {

// The parameters to connect with, by libpq's names: those in `url`, the defaults of PoolOptions
// where it has none, and the session settings appended to its "options".
// Returns INVALID_ARGUMENT, without quoting it, when `url` is no connection string.
absl::StatusOr<std::map<std::string, std::string>> ConnectionParameters(
    const std::string& url, absl::Duration statement_timeout);

}  // namespace oshirase::postgres

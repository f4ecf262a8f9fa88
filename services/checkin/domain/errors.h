// Every error check-in can give, by name. Callers branch on the reason, never on the message.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/status/errors.h"

namespace oshirase::checkin {

inline absl::Status Overloaded() {
  return ReasonedError(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                       "too many visits are waiting to be stored");
}

inline absl::Status ShuttingDown() {
  return ReasonedError(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "check-in is stopping");
}

inline absl::Status InvalidRequest(const std::string& what) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "REQUEST_INVALID", what);
}

}  // namespace oshirase::checkin

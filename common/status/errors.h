// Statuses with a machine-readable reason, the way AIP-193 asks.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace oshirase {

// The domain of every reason this suite gives.
inline constexpr absl::string_view kErrorDomain = "oshirase";

// Returns `code` with an ErrorInfo payload whose reason is `reason` (UPPER_SNAKE_CASE).
absl::Status ReasonedError(absl::StatusCode code, const std::string& reason,
                           const std::string& message);

// The reason attached to `status`, or "" when there is none.
std::string ReasonOf(const absl::Status& status);

}  // namespace oshirase

// Statuses with a machine-readable reason, the way AIP-193 asks.
#pragma once

#include <string>
#include <vector>

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

// What is wrong with one field of a request.
struct FieldViolation {
  std::string field;        // Its path in the request: "venue.name".
  std::string description;  // Lower case, without a final period: "is empty".

  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

// Returns INVALID_ARGUMENT with `reason` and a google.rpc.BadRequest that names the fields, as
// AIP-193 asks. The message lists them too.
absl::Status InvalidFields(const std::string& reason,
                           const std::vector<FieldViolation>& violations);

// The fields InvalidFields() named, in order; none for any other status.
std::vector<FieldViolation> FieldViolationsOf(const absl::Status& status);

}  // namespace oshirase

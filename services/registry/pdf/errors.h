// Every error of the renderer, by name; the port says when which is returned.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/status/errors.h"

namespace oshirase::registry::pdf {

inline absl::Status TextInvalid(const std::string& field) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "DOCUMENT_TEXT_INVALID",
                       field + " is not plain text");
}

inline absl::Status TextTooLong(const std::string& field) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "DOCUMENT_TEXT_TOO_LONG",
                       field + " is too long for a sheet");
}

inline absl::Status TextMissing(const std::string& field) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "DOCUMENT_TEXT_MISSING",
                       field + " is missing");
}

inline absl::Status FontMissing(const std::string& family) {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "FONT_MISSING",
                       "font " + family + " is not installed");
}

}  // namespace oshirase::registry::pdf

// Every error the registry gives, by name. Callers branch on the reason, never on the message.
#pragma once

#include "absl/status/status.h"
#include "common/status/errors.h"

namespace oshirase::registry {

inline absl::Status VenueInvalid() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "VENUE_INVALID",
                       "the venue's details are not right");
}

inline absl::Status VenueCodeMistyped() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "VENUE_CODE_MISTYPED",
                       "this is no venue code");
}

// For a code of nobody and for a replaced one alike, so that nobody learns which codes existed.
inline absl::Status VenueCodeUnknown() {
  return ReasonedError(absl::StatusCode::kNotFound, "VENUE_CODE_UNKNOWN", "no venue has this code");
}

inline absl::Status VenueNotFound() {
  return ReasonedError(absl::StatusCode::kNotFound, "VENUE_NOT_FOUND", "no such venue");
}

// A request id that was used for something else.
inline absl::Status RequestIdReused() {
  return ReasonedError(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
                       "the request id belongs to another request");
}

inline absl::Status SearchTextEmpty() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "SEARCH_TEXT_EMPTY",
                       "the text holds nothing to search for");
}

inline absl::Status PageTokenInvalid() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                       "the page token is not from the last answer");
}

inline absl::Status DayNotOpen() {
  return ReasonedError(absl::StatusCode::kOutOfRange, "DAY_NOT_OPEN",
                       "only yesterday, today and tomorrow take visits");
}

inline absl::Status DayKeyLost() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "DAY_KEY_LOST",
                       "the keys of a day are lost");
}

inline absl::Status DayKeyDestroyed() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "DAY_KEY_DESTROYED",
                       "the keys of a day were destroyed at the end of its retention");
}

inline absl::Status DayNeverOpen() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "DAY_NEVER_OPEN",
                       "no visit was ever taken on the day");
}

inline absl::Status OfficerInvalid(const std::string& message) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "OFFICER_INVALID", message);
}

inline absl::Status OfficerNotFound() {
  return ReasonedError(absl::StatusCode::kNotFound, "OFFICER_NOT_FOUND", "no such officer");
}

inline absl::Status OfficerRevoked() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "OFFICER_REVOKED",
                       "the officer was revoked, which is for good");
}

inline absl::Status OfficerKeyTaken() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "OFFICER_KEY_TAKEN",
                       "the certificate's key is another officer's");
}

inline absl::Status StatementInvalid(const std::string& message) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "STATEMENT_INVALID", message);
}

// A broken rule of releasing; the reasons are listed in release_rules.h.
inline absl::Status ReleaseRefused(const std::string& reason, const std::string& message) {
  return ReasonedError(absl::StatusCode::kPermissionDenied, reason, message);
}

}  // namespace oshirase::registry

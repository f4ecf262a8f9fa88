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

// The business has this place already, see twin_key.h.
inline absl::Status VenueAlreadyRegistered() {
  return ReasonedError(absl::StatusCode::kAlreadyExists, "VENUE_ALREADY_REGISTERED",
                       "the business has this venue already");
}

// A room's parent is a venue of the same business that is no room itself; who has rooms is no room.
inline absl::Status ParentUnfit() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "PARENT_UNFIT",
                       "the parent is no venue this one can be a room of");
}

inline absl::Status VenueChanged() {
  return ReasonedError(absl::StatusCode::kAborted, "VENUE_CHANGED",
                       "the venue was changed meanwhile; read it again");
}

inline absl::Status VenueIsSuspended() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "VENUE_SUSPENDED",
                       "the prefecture has suspended the venue");
}

inline absl::Status NoCertificate() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "NO_CERTIFICATE",
                       "the venue has no certificate yet");
}

inline absl::Status CertificateNumberMistyped() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "CERTIFICATE_NUMBER_MISTYPED",
                       "this is no certificate's number");
}

inline absl::Status CertificateNotFound() {
  return ReasonedError(absl::StatusCode::kNotFound, "CERTIFICATE_NOT_FOUND", "no such certificate");
}

inline absl::Status CertificateIsWithdrawn() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "CERTIFICATE_WITHDRAWN",
                       "the prefecture has withdrawn the certificate");
}

inline absl::Status TooManyRows() {
  return ReasonedError(absl::StatusCode::kOutOfRange, "TOO_MANY_ROWS",
                       "a file registers at most 5000 venues");
}

inline absl::Status LinkUnknown() {
  return ReasonedError(absl::StatusCode::kNotFound, "LINK_UNKNOWN", "no such link");
}

inline absl::Status LinkUsed() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "LINK_USED", "the link was used");
}

inline absl::Status LinkExpired() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "LINK_EXPIRED",
                       "the link is too old");
}

inline absl::Status TooManyMails() {
  return ReasonedError(absl::StatusCode::kResourceExhausted, "TOO_MANY_MAILS",
                       "this mailbox got as many mails within the hour as it may");
}

inline absl::Status SessionEnded() {
  return ReasonedError(absl::StatusCode::kUnauthenticated, "SESSION_ENDED",
                       "the session has ended");
}

inline absl::Status ApiKeyUnknown() {
  return ReasonedError(absl::StatusCode::kUnauthenticated, "API_KEY_UNKNOWN", "no such API key");
}

// The same where a key is the matter and not the credential.
inline absl::Status ApiKeyNotFound() {
  return ReasonedError(absl::StatusCode::kNotFound, "API_KEY_UNKNOWN", "no such API key");
}

inline absl::Status ApiKeyInvalid() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "API_KEY_INVALID",
                       "the API key's details are not right");
}

inline absl::Status EnquiryInvalid() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "ENQUIRY_INVALID",
                       "the enquiry is not right");
}

inline absl::Status ReportInvalid() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "REPORT_INVALID",
                       "the report is not right");
}

inline absl::Status LetterNotFound() {
  return ReasonedError(absl::StatusCode::kNotFound, "LETTER_NOT_FOUND", "no such letter");
}

inline absl::Status LetterClosed() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "LETTER_CLOSED",
                       "the letter was closed with another answer");
}

inline absl::Status NoVenues() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "NO_VENUES",
                       "the business has no open venue");
}

inline absl::Status TooManyBundles() {
  return ReasonedError(absl::StatusCode::kResourceExhausted, "TOO_MANY_BUNDLES",
                       "as many bundles are being made as there may be");
}

inline absl::Status BundleNotFound() {
  return ReasonedError(absl::StatusCode::kNotFound, "BUNDLE_NOT_FOUND", "no such bundle");
}

inline absl::Status BundleNotDone() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "BUNDLE_NOT_DONE",
                       "the bundle is not finished");
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

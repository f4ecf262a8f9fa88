// Every error of writing and sending mail, by name. None holds an address or a word of the mail,
// and none repeats what a mail server said: its answers quote addresses.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/status/errors.h"

namespace oshirase::registry {

// Of a mail or a letter. These will not get better by trying again.

inline absl::Status MailAddressInvalid() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "MAIL_ADDRESS_INVALID",
                       "not a mail address");
}

inline absl::Status MailAddressNotAscii() {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "MAIL_ADDRESS_NOT_ASCII",
                       "a mail address outside ASCII is not supported");
}

inline absl::Status MailInvalid(const std::string& part) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "MAIL_INVALID",
                       "the " + part + " of a mail is not fit to be sent");
}

inline absl::Status LetterInvalid(const std::string& value) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "LETTER_INVALID",
                       "the value " + value + " of a letter is missing, not wanted or not fit");
}

inline absl::Status LetterUnreadable() {
  return ReasonedError(absl::StatusCode::kDataLoss, "LETTER_UNREADABLE",
                       "an opened letter is none of this version");
}

// Of the mail server. `code` is its answer, 0 for none.

inline absl::Status MailServerUnreachable(const std::string& why) {
  return ReasonedError(absl::StatusCode::kUnavailable, "MAIL_SERVER_UNREACHABLE",
                       "the mail server cannot be used: " + why);
}

// It takes nothing from us at present, whoever it is for: wrong password, sender not allowed.
inline absl::Status MailServerRefusesUs(int code) {
  return ReasonedError(absl::StatusCode::kUnavailable, "MAIL_SERVER_REFUSES_US",
                       "the mail server takes no mail from us: " + std::to_string(code));
}

inline absl::Status MailDeferred(int code) {
  return ReasonedError(absl::StatusCode::kUnavailable, "MAIL_DEFERRED",
                       "the mail server puts this mail off: " + std::to_string(code));
}

inline absl::Status MailRefused(int code) {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "MAIL_REFUSED",
                       "the mail server refuses this mail for good: " + std::to_string(code));
}

// Whether the trouble is the server's with all mail, not with one.
inline bool IsMailServerTrouble(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == "MAIL_SERVER_UNREACHABLE" || reason == "MAIL_SERVER_REFUSES_US";
}

// Of the outbox.

inline absl::Status MailLeaseLost() {
  return ReasonedError(absl::StatusCode::kAborted, "MAIL_LEASE_LOST",
                       "another worker has the mail now, or it has been settled");
}

}  // namespace oshirase::registry

// Every error of the notifier by name. Callers branch on the code or the reason, never on text; no
// text holds anything personal.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace oshirase::notifier {

// One wrong field of a request.
struct FieldViolation {
  std::string field;        // e.g. "exposures[2].to_time"
  std::string description;  // what is wrong with it, in words

  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

// INVALID_ARGUMENT CASE_INVALID. Carries the violations for ViolationsOf().
absl::Status CaseInvalid(const std::vector<FieldViolation>& violations);

// INVALID_ARGUMENT REQUEST_INVALID: fields that are wrong whatever the case. Carries violations
// too.
absl::Status RequestInvalid(const std::vector<FieldViolation>& violations);

// The violations attached to `status`; none when there are none.
std::vector<FieldViolation> ViolationsOf(const absl::Status& status);
// The payload's type URL, for whoever turns it into something for the wire.
inline constexpr char kViolationsUrl[] = "oshirase.notifier/violations";

// NOT_FOUND
absl::Status CaseNotFound();
absl::Status TemplateNotFound();

// ALREADY_EXISTS REQUEST_ID_REUSED: another statement was entered under this request id.
absl::Status RequestIdReused();

// PERMISSION_DENIED
absl::Status SignatureInvalid(const std::string& why);
absl::Status OwnCase();
absl::Status DrillsOnly();     // DRILLS_ONLY: a drill identity may not prepare a real case
absl::Status DrillMismatch();  // DRILL_MISMATCH: a drill at a venue that is none of the drill's

// FAILED_PRECONDITION
absl::Status CaseNotSubmitted();
absl::Status CaseExpired();
absl::Status CaseFinished();
absl::Status
CaseNotReleased();  // CASE_NOT_RELEASED: nothing is being sent yet, so nothing to pause
absl::Status NothingToSettle();
absl::Status MessageRefused(const std::string& details);
absl::Status NameWithoutConsent();
absl::Status MessagesNotRendered();  // MESSAGES_NOT_RENDERED: not what PrepareCase renders
absl::Status ReleaseIncomplete();    // RELEASE_INCOMPLETE: the registry released no key at all

// UNAVAILABLE: LINE_UNAVAILABLE, REGISTRY_UNAVAILABLE, CHECKIN_UNAVAILABLE
absl::Status LineUnavailable();
absl::Status RegistryUnavailable();
absl::Status CheckinUnavailable();

// RESOURCE_EXHAUSTED
absl::Status TooManyWatchers();

}  // namespace oshirase::notifier

#include "services/notifier/domain/errors.h"

#include <nlohmann/json.hpp>

#include "absl/strings/cord.h"
#include "common/status/errors.h"

namespace oshirase::notifier {
namespace {

absl::Status WithViolations(const std::string& reason,
                            const std::vector<FieldViolation>& violations) {
  std::string text;
  auto payload = nlohmann::json::array();
  for (const FieldViolation& violation : violations) {
    if (!text.empty()) text += "; ";
    text += violation.field + ": " + violation.description;
    payload.push_back({violation.field, violation.description});
  }
  absl::Status status = ReasonedError(absl::StatusCode::kInvalidArgument, reason, text);
  status.SetPayload(kViolationsUrl, absl::Cord(payload.dump()));
  return status;
}

}  // namespace

absl::Status CaseInvalid(const std::vector<FieldViolation>& violations) {
  return WithViolations("CASE_INVALID", violations);
}

absl::Status RequestInvalid(const std::vector<FieldViolation>& violations) {
  return WithViolations("REQUEST_INVALID", violations);
}

std::vector<FieldViolation> ViolationsOf(const absl::Status& status) {
  std::vector<FieldViolation> result;
  const auto payload = status.GetPayload(kViolationsUrl);
  if (!payload.has_value()) return result;
  for (const auto& pair : nlohmann::json::parse(std::string(*payload))) {
    result.push_back({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
  }
  return result;
}

absl::Status CaseNotFound() {
  return ReasonedError(absl::StatusCode::kNotFound, "CASE_NOT_FOUND", "there is no such case");
}

absl::Status TemplateNotFound() {
  return ReasonedError(absl::StatusCode::kNotFound, "TEMPLATE_NOT_FOUND",
                       "there is no such message template");
}

absl::Status RequestIdReused() {
  return ReasonedError(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
                       "another statement was entered under this request id");
}

absl::Status SignatureInvalid(const std::string& why) {
  return ReasonedError(absl::StatusCode::kPermissionDenied, "SIGNATURE_INVALID", why);
}

absl::Status OwnCase() {
  return ReasonedError(absl::StatusCode::kPermissionDenied, "OWN_CASE",
                       "a case is approved by people who did not enter it");
}

absl::Status DrillsOnly() {
  return ReasonedError(absl::StatusCode::kPermissionDenied, "DRILLS_ONLY",
                       "identities of the drill prepare drills and nothing else");
}

absl::Status DrillMismatch() {
  return ReasonedError(absl::StatusCode::kPermissionDenied, "DRILL_MISMATCH",
                       "a drill names drill venues and no others");
}

absl::Status CaseNotSubmitted() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "CASE_NOT_SUBMITTED",
                       "the case no longer waits for approval");
}

absl::Status CaseExpired() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "CASE_EXPIRED",
                       "the case was not approved in time");
}

absl::Status CaseFinished() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "CASE_FINISHED",
                       "the case is finished");
}

absl::Status CaseNotReleased() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "CASE_NOT_RELEASED",
                       "nothing of the case is being sent yet");
}

absl::Status NothingToSettle() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_SETTLE",
                       "no batch of the case has an unknown fate");
}

absl::Status MessageRefused(const std::string& details) {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "MESSAGE_REFUSED",
                       "LINE's validation refuses the message: " + details);
}

absl::Status NameWithoutConsent() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "NAME_WITHOUT_CONSENT",
                       "a venue did not agree to be named");
}

absl::Status MessagesNotRendered() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "MESSAGES_NOT_RENDERED",
                       "the messages are not what is rendered here now; prepare the case again");
}

absl::Status ReleaseIncomplete() {
  return ReasonedError(absl::StatusCode::kFailedPrecondition, "RELEASE_INCOMPLETE",
                       "the registry released no key at all");
}

absl::Status LineUnavailable() {
  return ReasonedError(absl::StatusCode::kUnavailable, "LINE_UNAVAILABLE",
                       "LINE cannot be asked now; try again");
}

absl::Status RegistryUnavailable() {
  return ReasonedError(absl::StatusCode::kUnavailable, "REGISTRY_UNAVAILABLE",
                       "the registry cannot be asked now; try again");
}

absl::Status CheckinUnavailable() {
  return ReasonedError(absl::StatusCode::kUnavailable, "CHECKIN_UNAVAILABLE",
                       "checkin cannot be asked now; try again");
}

absl::Status TooManyWatchers() {
  return ReasonedError(absl::StatusCode::kResourceExhausted, "TOO_MANY_WATCHERS",
                       "too many cases are being watched; try again");
}

}  // namespace oshirase::notifier

#include "services/notifier/domain/case.h"

namespace oshirase::notifier {

std::string_view NameOf(CaseState state) {
  switch (state) {
    case CaseState::kSubmitted:
      return "SUBMITTED";
    case CaseState::kApproved:
      return "APPROVED";
    case CaseState::kSending:
      return "SENDING";
    case CaseState::kPaused:
      return "PAUSED";
    case CaseState::kSent:
      return "SENT";
    case CaseState::kPartial:
      return "PARTIAL";
    case CaseState::kCancelled:
      return "CANCELLED";
    case CaseState::kRejected:
      return "REJECTED";
    case CaseState::kExpired:
      return "EXPIRED";
  }
  return "";
}

std::optional<CaseState> ParseCaseState(std::string_view name) {
  for (const CaseState state : kCaseStates) {
    if (NameOf(state) == name) return state;
  }
  return std::nullopt;
}

bool IsFinished(CaseState state) {
  switch (state) {
    case CaseState::kSent:
    case CaseState::kPartial:
    case CaseState::kCancelled:
    case CaseState::kRejected:
    case CaseState::kExpired:
      return true;
    case CaseState::kSubmitted:
    case CaseState::kApproved:
    case CaseState::kSending:
    case CaseState::kPaused:
      return false;
  }
  return true;
}

bool IsOver(CaseState state, std::optional<absl::Time> release_end_time, absl::Time now) {
  const bool may_come_back = state == CaseState::kSent || state == CaseState::kPartial;
  const bool late_visits_count = release_end_time.has_value() && now < *release_end_time;
  return IsFinished(state) && !(may_come_back && late_visits_count);
}

bool CanBePlanned(CaseState state) {
  switch (state) {
    case CaseState::kApproved:
    case CaseState::kSending:
    case CaseState::kPaused:
    case CaseState::kSent:
    case CaseState::kPartial:
      return true;
    case CaseState::kSubmitted:
    case CaseState::kCancelled:
    case CaseState::kRejected:
    case CaseState::kExpired:
      return false;
  }
  return false;
}

}  // namespace oshirase::notifier

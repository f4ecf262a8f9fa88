#include "services/notifier/domain/refusal.h"

#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::notifier {

bool IsRefusal(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kNotFound:
      return true;
    default:
      return false;
  }
}

absl::Status AuditRefusal(AuditTrail& audit, AuditEvent event, const absl::Status& refused) {
  if (!IsRefusal(refused)) return refused;
  event.action += ".refused";
  event.detail["reason"] = ReasonOf(refused);
  RETURN_IF_ERROR(audit.Append(event));
  return refused;
}

}  // namespace oshirase::notifier

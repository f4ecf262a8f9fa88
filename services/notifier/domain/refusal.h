// Refusals of cases are audited like actions: who tried, what, and for which reason.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "services/notifier/domain/audit_trail.h"

namespace oshirase::notifier {

// Whether `status` is the caller's doing, and not a failure of ours or a neighbour's.
bool IsRefusal(const absl::Status& status);

// Appends "<action>.refused" with the reason when `refused` is a refusal. Returns `refused`, or why
// the entry could not be written: a refusal that cannot be audited is not told.
absl::Status AuditRefusal(AuditTrail& audit, AuditEvent event, const absl::Status& refused);

}  // namespace oshirase::notifier

// Who may call which method of the notifier.
#pragma once

#include "common/server/access_policy.h"

namespace oshirase::notifier {

// Who does what with real cases. Identities of the role drill do the same with drills, and find no
// other cases: see domain/drill_fence.h.
inline constexpr Roles kEnterers{Role::kSubmit};
inline constexpr Roles kApprovers{Role::kApprove};
inline constexpr Roles kCaseWorkers{Role::kSubmit, Role::kApprove};
// Stopping is also the operator's: whoever notices first must be able to.
inline constexpr Roles kStoppers{Role::kSubmit, Role::kApprove, Role::kOperate};
inline constexpr Roles kCaseReaders{Role::kSubmit, Role::kApprove, Role::kOperate, Role::kAudit};

AccessPolicy NotifierPolicy();

}  // namespace oshirase::notifier

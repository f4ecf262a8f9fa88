#include "services/notifier/rpc/notifier_policy.h"

#include <string>

namespace oshirase::notifier {
namespace {

// Whoever enters cases, and the identities of the daily drill.
constexpr Roles kEnterers{Role::kSubmit, Role::kDrill};
constexpr Roles kApprovers{Role::kApprove, Role::kDrill};
constexpr Roles kCaseWorkers{Role::kSubmit, Role::kApprove, Role::kDrill};
// Stopping is also the operator's: whoever notices first must be able to.
constexpr Roles kStoppers{Role::kSubmit, Role::kApprove, Role::kDrill, Role::kOperate};
constexpr Roles kCaseReaders{Role::kSubmit, Role::kApprove, Role::kDrill, Role::kOperate,
                             Role::kAudit};

std::string Method(const std::string& name) {
  return "/oshirase.notifier.v1.NotifierService/" + name;
}

}  // namespace

AccessPolicy NotifierPolicy() {
  return AccessPolicy({
      // No officer ever gets a key.
      {Method("GetDayKeys"), {"gateway"}, {}},
      {Method("RecordFollowChange"), {"gateway"}, {}},
      {Method("PrepareCase"), {}, kEnterers},
      // The approver looks at the preview too.
      {Method("PreviewCase"), {}, kCaseWorkers},
      {Method("SubmitCase"), {}, kEnterers},
      {Method("ApproveCase"), {}, kApprovers},
      {Method("RejectCase"), {}, kCaseWorkers},
      {Method("CancelCase"), {}, kCaseWorkers},
      {Method("PauseCase"), {}, kStoppers},
      {Method("ResumeCase"), {}, kCaseWorkers},
      {Method("SettleCase"), {}, kCaseWorkers},
      {Method("GetCase"), {}, kCaseReaders},
      {Method("ListCases"), {}, kCaseReaders},
      {Method("WatchCase"), {}, kCaseReaders},
      {Method("ListAuditEntries"), {}, {Role::kAudit}},
  });
}

}  // namespace oshirase::notifier

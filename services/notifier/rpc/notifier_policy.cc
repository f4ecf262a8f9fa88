#include "services/notifier/rpc/notifier_policy.h"

#include <string>

namespace oshirase::notifier {
namespace {

Roles AndDrill(Roles roles) {
  roles.Add(Role::kDrill);
  return roles;
}

std::string Method(const std::string& name) {
  return "/oshirase.notifier.v1.NotifierService/" + name;
}

}  // namespace

AccessPolicy NotifierPolicy() {
  return AccessPolicy({
      // No officer ever gets a key.
      {Method("GetDayKeys"), {"gateway"}, {}},
      {Method("RecordFollowChange"), {"gateway"}, {}},
      {Method("PrepareCase"), {}, AndDrill(kEnterers)},
      // The approver looks at the preview too.
      {Method("PreviewCase"), {}, AndDrill(kCaseWorkers)},
      {Method("SubmitCase"), {}, AndDrill(kEnterers)},
      {Method("ApproveCase"), {}, AndDrill(kApprovers)},
      {Method("RejectCase"), {}, AndDrill(kCaseWorkers)},
      {Method("CancelCase"), {}, AndDrill(kCaseWorkers)},
      {Method("PauseCase"), {}, AndDrill(kStoppers)},
      {Method("ResumeCase"), {}, AndDrill(kCaseWorkers)},
      {Method("SettleCase"), {}, AndDrill(kCaseWorkers)},
      {Method("GetCase"), {}, AndDrill(kCaseReaders)},
      {Method("ListCases"), {}, AndDrill(kCaseReaders)},
      {Method("WatchCase"), {}, AndDrill(kCaseReaders)},
      {Method("ListAuditEntries"), {}, {Role::kAudit}},
  });
}

}  // namespace oshirase::notifier

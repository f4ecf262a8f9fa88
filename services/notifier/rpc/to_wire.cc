#include "services/notifier/rpc/to_wire.h"

#include "absl/strings/cord.h"
#include "common/log/log.h"
#include "common/status/grpc_status.h"
#include "google/rpc/error_details.pb.h"
#include "services/notifier/domain/errors.h"

namespace oshirase::notifier {
namespace {

constexpr char kBadRequestUrl[] = "type.googleapis.com/google.rpc.BadRequest";

}  // namespace

grpc::Status ToWire(const absl::Status& status) {
  if (absl::IsInternal(status) || absl::IsUnknown(status)) {
    LogError("internal error", {{"what", status.message()}});
  }
  const auto violations = ViolationsOf(status);
  if (violations.empty()) return ToGrpcStatus(status);
  google::rpc::BadRequest details;
  for (const FieldViolation& violation : violations) {
    auto* proto = details.add_field_violations();
    proto->set_field(violation.field);
    proto->set_description(violation.description);
  }
  absl::Status detailed = status;
  detailed.ErasePayload(kViolationsUrl);
  detailed.SetPayload(kBadRequestUrl, absl::Cord(details.SerializeAsString()));
  return ToGrpcStatus(detailed);
}

}  // namespace oshirase::notifier

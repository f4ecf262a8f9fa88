// Statuses on their way out: field violations become google.rpc.BadRequest.
#pragma once

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace oshirase::notifier {

// As ToGrpcStatus; an INTERNAL status is logged here, once, because its text stays in the process.
grpc::Status ToWire(const absl::Status& status);

}  // namespace oshirase::notifier

// One unary call that waits for its answer.
#pragma once

#include "absl/status/statusor.h"
#include "common/client/call_context.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "grpcpp/client_context.h"

namespace oshirase::gateway {

// Calls `method` of `stub`, for at most `at_most`.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> CallAndWait(
    Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    const Request& request, const CallContext& call, absl::Duration at_most) {
  grpc::ClientContext context;
  PrepareContext(context, call, at_most);
  Response response;
  RETURN_IF_ERROR(FromGrpcStatus((stub.*method)(&context, request, &response)));
  return response;
}

}  // namespace oshirase::gateway

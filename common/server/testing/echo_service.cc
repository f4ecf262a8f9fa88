#include "common/server/testing/echo_service.h"

#include "common/status/grpc_status.h"

namespace oshirase {

Echoed CallEcho(const std::shared_ptr<grpc::Channel>& channel, const testing::EchoRequest& request,
                const CallContext& call) {
  grpc::ClientContext context;
  PrepareContext(context, call, absl::Seconds(5));
  Echoed result;
  result.status = FromGrpcStatus(
      testing::EchoService::NewStub(channel)->Echo(&context, request, &result.response));
  return result;
}

}  // namespace oshirase

// One asynchronous call: what must live until gRPC is done with it.
#pragma once

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "common/client/call_context.h"
#include "common/status/grpc_status.h"
#include "grpcpp/client_context.h"

namespace oshirase::gateway {

// Starts a call of at most `at_most` and hands its answer, or why there is none, to `done`, in one
// of gRPC's threads. `start` is (ClientContext*, const Request*, Response*, callback) -> void, as
// the generated stub's async() methods are.
template <typename Response, typename Request, typename Start, typename Done>
void StartCall(const CallContext& call, absl::Duration at_most, Request request, Start start,
               Done done) {
  struct State {
    grpc::ClientContext context;
    Request request;
    Response response;
  };
  auto state = std::make_shared<State>();
  state->request = std::move(request);
  PrepareContext(state->context, call, at_most);
  start(&state->context, &state->request, &state->response,
        [state, done = std::move(done)](const grpc::Status& status) {
          if (!status.ok()) {
            done(absl::StatusOr<Response>(FromGrpcStatus(status)));
          } else {
            done(absl::StatusOr<Response>(std::move(state->response)));
          }
        });
}

}  // namespace oshirase::gateway

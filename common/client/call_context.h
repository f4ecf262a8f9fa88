// What a call made on behalf of another inherits from it: when it must be done, and its request id.
#pragma once

#include "absl/time/time.h"
#include "common/log/request_id.h"
#include "grpcpp/client_context.h"

namespace oshirase {

struct CallContext {
  // Real time, not a service's Clock.
  absl::Time deadline = absl::InfiniteFuture();
  RequestId request_id = {};
};

// Sets up `context` for a call that may take `at_most`, and never longer than `call` may: every
// call has a deadline, and it shrinks along the chain. Forwards the request id, if there is one.
void PrepareContext(grpc::ClientContext& context, const CallContext& call, absl::Duration at_most);

}  // namespace oshirase

// Gives every call a request id, logs how it ended, and counts it.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "common/client/call_context.h"
#include "common/metrics/rpc_metrics.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_interceptor.h"

namespace oshirase {

// One line per call: method, code, duration_ms, and request_id or case_request_id; of a call that
// brings both ids only the case's is kept. Calls of `quiet_methods` ("/package.Service/Method") are
// logged only when they fail; use it for methods called many times a second. `metrics` must outlive
// the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeCallLog(
    RpcMetrics& metrics, std::set<std::string> quiet_methods);

// The request id of this call: the caller's when it is a UUID, else the one the call log made.
RequestId RequestIdOf(const grpc::ServerContextBase& context);

// What calls made while handling this one inherit: its deadline and request id.
CallContext CallContextOf(const grpc::ServerContextBase& context);

}  // namespace oshirase

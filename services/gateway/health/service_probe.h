// Asks a service whether it can do its work, by the standard gRPC health check.
#pragma once

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"

namespace oshirase::gateway {

// OK when the service answers SERVING within the timeout, else why not. Thread-safe.
using ServiceProbe = std::function<absl::Status(absl::Duration timeout)>;

ServiceProbe MakeServiceProbe(std::shared_ptr<grpc::Channel> channel);

}  // namespace oshirase::gateway

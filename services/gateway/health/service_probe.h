// Asks a service whether it can do its work, by the standard gRPC health check.
#pragma once

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"

namespace oshirase::gateway {

// Asks, and calls `done` once, from any thread, maybe before returning: with OK when the service
// answers SERVING within `timeout`, else with why not. Thread-safe.
using ServiceProbe =
    std::function<void(absl::Duration timeout, std::function<void(absl::Status)> done)>;

ServiceProbe MakeServiceProbe(std::shared_ptr<grpc::Channel> channel);

// Asks and waits for the answer.
absl::Status ProbeNow(const ServiceProbe& probe, absl::Duration timeout);

}  // namespace oshirase::gateway

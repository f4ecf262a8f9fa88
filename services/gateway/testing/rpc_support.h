// What the tests of the gRPC clients share: a policy, a call, and the wait for its answer.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "common/client/call_context.h"
#include "common/server/access_policy.h"
#include "grpcpp/server_context.h"

namespace oshirase::gateway {

// Lets `service` call `methods`, whose full names begin with `prefix`.
inline AccessPolicy OpenTo(const std::string& service, const std::string& prefix,
                           const std::vector<std::string>& methods) {
  std::vector<AccessRule> rules;
  for (const std::string& method : methods) rules.push_back({prefix + method, {service}, {}});
  return AccessPolicy(rules);
}

inline CallContext Call() {
  CallContext call;
  call.deadline = absl::Now() + absl::Seconds(10);
  call.request_id = {RequestId::Kind::kVisit, "6ba7b810-9dad-41d1-80b4-00c04fd430c8"};
  return call;
}

inline std::string RequestIdIn(grpc::ServerContext* context) {
  const auto found = context->client_metadata().find("x-request-id");
  if (found == context->client_metadata().end()) return "";
  return {found->second.data(), found->second.size()};
}

// Waits for the one answer of an asynchronous call.
template <typename T>
class Awaited {
 public:
  std::function<void(T)> Done() {
    return [this](T value) {
      value_ = std::move(value);
      done_.Notify();
    };
  }
  T& Get() {
    REQUIRE(done_.WaitForNotificationWithTimeout(absl::Seconds(20)));
    return *value_;
  }

 private:
  std::optional<T> value_;
  absl::Notification done_;
};

}  // namespace oshirase::gateway

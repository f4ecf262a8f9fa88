// The echo service of echo.proto, once as synchronous and once as callback service, for the tests
// of the server and client libraries.
#pragma once

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "common/server/access_control.h"
#include "common/server/access_policy.h"
#include "common/server/call_log.h"
#include "echo.grpc.pb.h"
#include "grpcpp/channel.h"

namespace oshirase {

inline constexpr char kEchoMethod[] = "/oshirase.testing.EchoService/Echo";
inline constexpr char kEchoThriceMethod[] = "/oshirase.testing.EchoService/EchoThrice";

// A policy that lets these callers use both methods of the echo service.
inline AccessPolicy EchoPolicy(const std::vector<std::string>& services, Roles roles = {}) {
  return AccessPolicy({{kEchoMethod, services, roles}, {kEchoThriceMethod, services, roles}});
}

inline grpc::Status Answer(const grpc::ServerContextBase& context,
                           const testing::EchoRequest& request, testing::EchoResponse& response) {
  response.set_payload(request.payload());
  response.set_caller(CallerOf(context).name);
  response.set_request_id(RequestIdOf(context).value);
  response.set_milliseconds_left(
      absl::ToInt64Milliseconds(CallContextOf(context).deadline - absl::Now()));
  return {static_cast<grpc::StatusCode>(request.fail_with()), ""};
}

// Thread-safe. Counts the calls that reached it, and can hold them.
class SyncEcho : public testing::EchoService::Service {
 public:
  grpc::Status Echo(grpc::ServerContext* context, const testing::EchoRequest* request,
                    testing::EchoResponse* response) override {
    const absl::MutexLock lock(&mutex_);
    ++calls_;
    mutex_.Await(absl::Condition(
        +[](bool* held) { return !*held; }, &held_));
    return Answer(*context, *request, *response);
  }

  grpc::Status EchoThrice(grpc::ServerContext* context, const testing::EchoRequest* request,
                          grpc::ServerWriter<testing::EchoResponse>* writer) override {
    testing::EchoResponse response;
    const auto status = Answer(*context, *request, response);
    for (int i = 0; i < 3; ++i) writer->Write(response);
    return status;
  }

  int calls() {
    const absl::MutexLock lock(&mutex_);
    return calls_;
  }

  // From now on calls of Echo do not end.
  void Hold() {
    const absl::MutexLock lock(&mutex_);
    held_ = true;
  }

  // Lets the held calls go.
  void Release() {
    const absl::MutexLock lock(&mutex_);
    held_ = false;
  }

  // Waits until `count` calls have arrived.
  void AwaitCalls(int count) {
    const absl::MutexLock lock(&mutex_);
    const auto arrived = [this, count]()
                             ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return calls_ >= count; };
    mutex_.Await(absl::Condition(&arrived));
  }

 private:
  absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  bool held_ ABSL_GUARDED_BY(mutex_) = false;
};

class CallbackEcho : public testing::EchoService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const testing::EchoRequest* request,
                                 testing::EchoResponse* response) override {
    auto* reactor = context->DefaultReactor();
    reactor->Finish(Answer(*context, *request, *response));
    return reactor;
  }
};

// What a call of Echo gave: its status as the client library reads it, and the answer.
struct Echoed {
  absl::Status status;
  testing::EchoResponse response;
};

// Calls Echo on `channel`, for 5 s at most, or as `prepare` says.
Echoed CallEcho(const std::shared_ptr<grpc::Channel>& channel,
                const testing::EchoRequest& request = {}, const CallContext& call = {});

}  // namespace oshirase

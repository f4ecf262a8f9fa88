#include "common/server/call_log.h"

#include <map>
#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/server/access_control.h"

namespace oshirase {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;
using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

// The id of this kind in `metadata`; "" when there is none, or several, or no UUID.
std::string FindId(const Metadata& metadata, RequestId::Kind kind) {
  const auto [first, last] = metadata.equal_range(MetadataKey(kind));
  if (first == last || std::next(first) != last) return "";
  const absl::string_view id(first->second.data(), first->second.size());
  return IsUuid(id) ? std::string(id) : "";
}

// The case's id if there is one, so that the two kinds never meet; else the visit's.
RequestId FindId(const Metadata& metadata) {
  for (const auto kind : {RequestId::Kind::kCase, RequestId::Kind::kVisit}) {
    if (std::string id = FindId(metadata, kind); !id.empty()) return {kind, std::move(id)};
  }
  return {};
}

class CallLogInterceptor : public grpc::experimental::Interceptor {
 public:
  CallLogInterceptor(ServerRpcInfo& info, RpcMetrics& metrics, bool quiet)
      : info_(info), metrics_(metrics), quiet_(quiet), start_(absl::Now()) {}

  void Intercept(InterceptorBatchMethods* call) override {
    if (call->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      SettleId(*call->GetRecvInitialMetadata());
    }
    if (call->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      Finish(static_cast<absl::StatusCode>(call->GetSendStatus().error_code()));
    }
    call->Proceed();
  }

 private:
  // Leaves exactly one id in `metadata`, where the handler finds it.
  void SettleId(Metadata& metadata) {
    id_ = FindId(metadata);
    if (id_.value.empty()) {
      // What officers call is casework.
      const bool officer = CallerOf(*info_.server_context()).kind == Caller::Kind::kOfficer;
      id_ = NewRequestId(officer ? RequestId::Kind::kCase : RequestId::Kind::kVisit);
    }
    metadata.erase(MetadataKey(RequestId::Kind::kVisit));
    metadata.erase(MetadataKey(RequestId::Kind::kCase));
    metadata.emplace(MetadataKey(id_.kind), id_.value);  // This interceptor outlives the call.
  }

  void Finish(absl::StatusCode code) {
    const absl::Duration duration = absl::Now() - start_;
    metrics_.CountCall(info_.method(), code, duration);
    if (quiet_ && code == absl::StatusCode::kOk) return;
    const bool our_fault = code == absl::StatusCode::kInternal ||
                           code == absl::StatusCode::kUnknown ||
                           code == absl::StatusCode::kDataLoss;
    Log(our_fault ? LogLevel::kError : LogLevel::kInfo, "call",
        {{"method", info_.method()},
         {"code", absl::StatusCodeToString(code)},
         {"duration_ms", duration},
         {LogKey(id_.kind), id_.value}});
  }

  ServerRpcInfo& info_;
  RpcMetrics& metrics_;
  const bool quiet_;
  const absl::Time start_;
  RequestId id_;
};

class CallLog : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  CallLog(RpcMetrics& metrics, std::set<std::string> quiet_methods)
      : metrics_(metrics), quiet_methods_(std::move(quiet_methods)) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    return new CallLogInterceptor(*info, metrics_, quiet_methods_.contains(info->method()));
  }

 private:
  RpcMetrics& metrics_;
  const std::set<std::string> quiet_methods_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeCallLog(
    RpcMetrics& metrics, std::set<std::string> quiet_methods) {
  quiet_methods.insert({"/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch"});
  return std::make_unique<CallLog>(metrics, std::move(quiet_methods));
}

RequestId RequestIdOf(const grpc::ServerContextBase& context) {
  return FindId(context.client_metadata());
}

CallContext CallContextOf(const grpc::ServerContextBase& context) {
  return {absl::FromChrono(context.deadline()), RequestIdOf(context)};
}

}  // namespace oshirase

// The service config's form:
// https://github.com/grpc/grpc-proto/blob/master/grpc/service_config/service_config.proto
#include "common/client/channel.h"

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/client/identity.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/security/tls_certificate_verifier.h"
#include "grpcpp/security/tls_credentials_options.h"

namespace oshirase {
namespace {

using nlohmann::json;

// After a restart of the server, calls work again within these.
constexpr int kFirstReconnectMs = 100;
constexpr int kMaxReconnectMs = 1000;
constexpr int kConnectTimeoutMs = 2000;
// A server that vanished without closing its connections is noticed within their sum.
constexpr int kKeepaliveMs = 20'000;
constexpr int kKeepaliveTimeoutMs = 5'000;

// Believes a server only when its certificate names `service`. The chain was checked before.
class ServiceVerifier : public grpc::experimental::ExternalCertificateVerifier {
 public:
  explicit ServiceVerifier(std::string service)
      : expected_{Caller::Kind::kService, std::move(service)} {}

  bool Verify(grpc::experimental::TlsCustomVerificationCheckRequest* request,
              std::function<void(grpc::Status)> /*callback*/, grpc::Status* sync_status) override {
    std::vector<absl::string_view> uris;
    for (const grpc::string_ref& uri : request->uri_names()) {
      uris.emplace_back(uri.data(), uri.size());
    }
    if (ParseIdentity(uris) != expected_) {
      *sync_status = grpc::Status(grpc::StatusCode::UNAUTHENTICATED,
                                  absl::StrCat("the server is not ", expected_.name));
    }
    return true;  // Decided already; nothing to cancel.
  }

  void Cancel(grpc::experimental::TlsCustomVerificationCheckRequest* /*request*/) override {}

 private:
  const Caller expected_;
};

json RetryPolicy(const std::vector<std::string>& methods) {
  json names = json::array();
  for (const std::string& method : methods) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(absl::StripPrefix(method, "/"), '/');
    names.push_back({{"service", parts.first}, {"method", parts.second}});
  }
  return {{"name", names},
          {"retryPolicy",
           {{"maxAttempts", 3},
            {"initialBackoff", "0.05s"},
            {"maxBackoff", "0.5s"},
            {"backoffMultiplier", 2},
            {"retryableStatusCodes", {"UNAVAILABLE"}}}}};
}

std::string ServiceConfig(const std::vector<std::string>& retried_methods) {
  json config = {
      {"loadBalancingConfig", json::array({{{"round_robin", json::object()}}})},
      // A failure costs a token, a success earns a tenth of one; below half no retries are made.
      {"retryThrottling", {{"maxTokens", 10}, {"tokenRatio", 0.1}}}};
  if (!retried_methods.empty()) {
    config["methodConfig"] = json::array({RetryPolicy(retried_methods)});
  }
  return config.dump();
}

// gRPC takes several addresses only in a scheme that says they need no look-up.
std::string Target(const std::string& address) {
  if (!absl::StrContains(address, ',')) return absl::StrCat("dns:///", address);
  return absl::StrCat(absl::StrContains(address, '[') ? "ipv6:" : "ipv4:", address);
}

grpc::ChannelArguments Arguments(const ChannelOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(ServiceConfig(options.retried_methods));
  arguments.SetMaxReceiveMessageSize(options.max_response_bytes);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kFirstReconnectMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxReconnectMs);
  // Despite its name, the time one attempt may take.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectTimeoutMs);
  arguments.SetInt(GRPC_ARG_DNS_MIN_TIME_BETWEEN_RESOLUTIONS_MS, kMaxReconnectMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);  // No limit.
  // A proxy in the environment is meant for LINE, not for our neighbours.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // A list of addresses would otherwise be sent as the authority.
  arguments.SetString(GRPC_ARG_DEFAULT_AUTHORITY, options.service);
  return arguments;
}

// gRPC 1.51 ends the threads that run callbacks with the last channel that used them, and sometimes
// unreferences their queue once too often in doing so, which aborts the process. A channel that
// lives for ever, and has made one call of that kind, keeps them.
void KeepCallbackThreads() {
  struct Call {
    std::shared_ptr<grpc::Channel> channel =
        grpc::CreateChannel("unix:/nonexistent", grpc::InsecureChannelCredentials());
    grpc::GenericStub stub{channel};
    grpc::ClientContext context;
    // A message must have a slice, be it empty.
    grpc::Slice empty{""};
    grpc::ByteBuffer request{&empty, 1};
    grpc::ByteBuffer response;
  };
  static const Call* const kept = [] {
    auto* const call = new Call;
    call->context.set_deadline(std::chrono::system_clock::now());
    call->stub.UnaryCall(&call->context, "/none", grpc::StubOptions(), &call->request,
                         &call->response, [](const grpc::Status& /*status*/) {});
    return call;
  }();
  static_cast<void>(kept);
}

}  // namespace

std::shared_ptr<grpc::Channel> MakeChannel(
    const ChannelOptions& options, const std::shared_ptr<CertificateProvider>& certificates) {
  KeepCallbackThreads();
  grpc::experimental::TlsChannelCredentialsOptions tls;
  tls.set_certificate_provider(certificates);
  tls.watch_root_certs();
  tls.watch_identity_key_cert_pairs();
  tls.set_certificate_verifier(
      grpc::experimental::ExternalCertificateVerifier::Create<ServiceVerifier>(options.service));
  tls.set_check_call_host(false);  // The address says nothing about who the server is.
  return grpc::CreateCustomChannel(Target(options.address), grpc::experimental::TlsCredentials(tls),
                                   Arguments(options));
}

}  // namespace oshirase

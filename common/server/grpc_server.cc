#include "common/server/grpc_server.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/config/address.h"
#include "common/config/bad_configuration.h"
#include "common/server/call_log.h"
#include "common/server/stop_signals.h"
#include "common/status/macros.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/security/tls_credentials_options.h"

namespace oshirase {
namespace {

constexpr const char* kReady = "";
constexpr const char* kLive = "live";

// Clients may ping twice as often as ours do (see common/client/channel.cc), no faster.
constexpr int kMinPingIntervalMs = 10'000;
constexpr int kKeepaliveMs = 30'000;
constexpr int kKeepaliveTimeoutMs = 10'000;
constexpr int kMaxHeaderBytes = 16 * 1024;
constexpr int kHealthCallsPerConnection = 8;
constexpr int kHealthMessageBytes = 1024;

void AddAddressProblem(const std::string& name, const std::string& address,
                       std::vector<std::string>& problems) {
  const auto parsed = ParseHostPort(address);
  const absl::Status status = parsed.ok() ? CheckCanListen(*parsed) : parsed.status();
  if (!status.ok()) problems.push_back(absl::StrCat(name, ": ", status.message()));
}

// gRPC itself would tell only its log what is wrong.
absl::Status Check(const GrpcServerOptions& options) {
  std::vector<std::string> problems;
  AddAddressProblem("LISTEN_ADDR", options.listen_address, problems);
  AddAddressProblem("HEALTH_ADDR", options.health_address, problems);
  if (const auto status = CheckTlsFiles(options.tls); !status.ok()) {
    problems.push_back(absl::StrCat("TLS: ", status.message()));
  }
  return problems.empty() ? absl::OkStatus() : BadConfiguration(problems);
}

std::shared_ptr<grpc::ServerCredentials> Credentials(
    const TlsFiles& files, const std::shared_ptr<grpc::AuthMetadataProcessor>& access_control) {
  grpc::experimental::TlsServerCredentialsOptions tls(WatchTlsFiles(files));
  tls.watch_root_certs();
  tls.watch_identity_key_cert_pairs();
  tls.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  auto credentials = grpc::experimental::TlsServerCredentials(tls);
  credentials->SetAuthMetadataProcessor(access_control);
  return credentials;
}

void SetLimits(const GrpcServerOptions& options, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(options.max_request_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_concurrent_calls);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxHeaderBytes);
  builder.AddChannelArgument(
      GRPC_ARG_MAX_CONNECTION_AGE_MS,
      static_cast<int>(absl::ToInt64Milliseconds(options.max_connection_age)));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kMinPingIntervalMs);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);  // Else a taken port goes unnoticed.
  grpc::ResourceQuota quota("server");
  quota.SetMaxThreads(options.max_threads);
  builder.SetResourceQuota(quota);
  // One queue with few pollers: threads beyond them come and go with the calls in flight.
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::NUM_CQS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::MIN_POLLERS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::MAX_POLLERS, 2);
}

// A builder refuses to start without a service; this one answers UNIMPLEMENTED to everything that
// is not a health check.
std::unique_ptr<grpc::Server> StartHealthServer(const std::string& address,
                                                grpc::CallbackGenericService& no_service,
                                                int& port) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  builder.RegisterCallbackGenericService(&no_service);
  builder.SetMaxReceiveMessageSize(kHealthMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kHealthCallsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  return builder.BuildAndStart();
}

absl::Status CannotListen(const char* name, const std::string& address) {
  return BadConfiguration({absl::StrCat(name, ": cannot listen on ", address)});
}

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Start(
    const GrpcServerOptions& options, ServerAccess access,
    const std::vector<grpc::Service*>& services, Metrics& metrics) {
  RETURN_IF_ERROR(Check(options));
  grpc::EnableDefaultHealthCheckService(true);
  std::unique_ptr<GrpcServer> result(new GrpcServer(metrics));

  grpc::ServerBuilder builder;
  const auto access_control = MakeAccessControl(std::move(access), result->rpc_metrics_);
  builder.AddListeningPort(options.listen_address, Credentials(options.tls, access_control),
                           &result->port_);
  for (auto* service : services) builder.RegisterService(service);
  SetLimits(options, builder);
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(MakeCallLog(result->rpc_metrics_, options.quiet_methods));
  builder.experimental().SetInterceptorCreators(std::move(interceptors));
  result->server_ = builder.BuildAndStart();
  if (result->server_ == nullptr) return CannotListen("LISTEN_ADDR", options.listen_address);

  result->no_service_ = std::make_unique<grpc::CallbackGenericService>();
  result->health_server_ =
      StartHealthServer(options.health_address, *result->no_service_, result->health_port_);
  if (result->health_server_ == nullptr) return CannotListen("HEALTH_ADDR", options.health_address);
  result->SetHealth(kReady, true);
  result->SetHealth(kLive, true);
  return result;
}

GrpcServer::~GrpcServer() { Shutdown(absl::ZeroDuration()); }

void GrpcServer::SetHealth(const std::string& name, bool serving) {
  for (const auto& server : {server_.get(), health_server_.get()}) {
    if (server != nullptr) server->GetHealthCheckService()->SetServingStatus(name, serving);
  }
}

void GrpcServer::SetServing(bool serving) { SetHealth(kReady, serving); }

void GrpcServer::Shutdown(absl::Duration grace) {
  SetHealth(kReady, false);
  const auto deadline = absl::ToChronoTime(absl::Now() + grace);
  // Probes are answered until the last call is.
  if (server_ != nullptr) server_->Shutdown(deadline);
  if (health_server_ != nullptr) health_server_->Shutdown(std::chrono::system_clock::now());
}

void GrpcServer::RunUntilSignal(absl::Duration grace) {
  WaitForStopSignal();
  Shutdown(grace);
}

}  // namespace oshirase

// Runs a service's gRPC server with mutual TLS, beside a plaintext one that answers health checks
// and nothing else, because probes cannot present certificates.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/tls_files.h"
#include "common/metrics/metrics.h"
#include "common/metrics/rpc_metrics.h"
#include "common/server/access_control.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/grpcpp.h"

namespace oshirase {

struct GrpcServerOptions {
  std::string listen_address = {};  // "host:port" of the service itself; port 0 picks a free one.
  std::string health_address = {};  // "host:port" of the health checks.
  TlsFiles tls = {};                // `authorities`: those whose certificates may call.
  // The longest request taken; longer ones get RESOURCE_EXHAUSTED.
  int max_request_bytes = 64 * 1024;
  // Calls in flight on one connection; further ones wait at the caller.
  int max_concurrent_calls = 128;
  // Threads of the synchronous services; a call that finds none free gets RESOURCE_EXHAUSTED.
  int max_threads = 64;
  // How old a connection may get before it is made anew, with the certificate checked again.
  absl::Duration max_connection_age = absl::Hours(1);
  // Methods whose successful calls are not logged.
  std::set<std::string> quiet_methods = {};
};

// A started pair of servers. Reflection is off. Health has two names: "" says whether the service
// can do its work (readiness; SetServing), "live" whether the process runs (liveness).
class GrpcServer {
 public:
  // Starts both. The services, the officers in `access` and `metrics` must outlive the result.
  // Returns BAD_CONFIGURATION when a port is taken or a certificate file is unfit.
  static absl::StatusOr<std::unique_ptr<GrpcServer>> Start(
      const GrpcServerOptions& options, ServerAccess access,
      const std::vector<grpc::Service*>& services, Metrics& metrics);

  ~GrpcServer();

  int port() const { return port_; }
  int health_port() const { return health_port_; }

  // Tells the probes whether the service can do its work; it can from the start.
  void SetServing(bool serving);

  // Reports NOT_SERVING, then waits up to `grace` for calls in flight, then cancels them.
  void Shutdown(absl::Duration grace);

  // Blocks until a stop signal, then as Shutdown(). See BlockStopSignals().
  void RunUntilSignal(absl::Duration grace);

 private:
  explicit GrpcServer(Metrics& metrics) : rpc_metrics_(metrics) {}

  void SetHealth(const std::string& name, bool serving);

  RpcMetrics rpc_metrics_;
  int port_ = 0;
  int health_port_ = 0;
  std::unique_ptr<grpc::CallbackGenericService> no_service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<grpc::Server> health_server_;
};

}  // namespace oshirase

// A real server with mutual TLS on a free loopback port, for the tests of a service's RPC layer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/client/tls_files.h"
#include "common/metrics/metrics.h"
#include "common/server/access_control.h"
#include "common/server/grpc_server.h"
#include "common/server/testing/fake_officer_directory.h"
#include "common/server/testing/test_certificates.h"
#include "grpcpp/channel.h"

namespace oshirase {

// Not thread-safe, but channels are.
class TestServer {
 public:
  // Serves `services` as the service `name` under `policy`; fails the test when it cannot.
  // `options` sets limits only.
  TestServer(const std::string& name, const AccessPolicy& policy,
             const std::vector<grpc::Service*>& services, GrpcServerOptions options = {});

  // Channels to it as a given caller.
  std::shared_ptr<grpc::Channel> ChannelAsService(const std::string& service);
  std::shared_ptr<grpc::Channel> ChannelAsOfficer(const std::string& officer_id);
  std::shared_ptr<grpc::Channel> ChannelWith(const TlsFiles& files);

  FakeOfficerDirectory& officers() { return officers_; }
  TestCertificates& certificates() { return certificates_; }
  Metrics& metrics() { return metrics_; }
  GrpcServer& server() { return *server_; }
  // The refusals so far.
  std::vector<Refusal> refusals();

 private:
  std::string name_;
  FakeOfficerDirectory officers_;
  TestCertificates certificates_;
  Metrics metrics_;
  absl::Mutex mutex_;
  std::vector<Refusal> refusals_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<GrpcServer> server_;
};

}  // namespace oshirase

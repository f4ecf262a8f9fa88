#include "common/server/testing/test_server.h"

#include <cstdlib>
#include <iostream>
#include <utility>

#include "common/client/channel.h"

namespace oshirase {

TestServer::TestServer(const std::string& name, const AccessPolicy& policy,
                       const std::vector<grpc::Service*>& services, GrpcServerOptions options)
    : name_(name) {
  options.listen_address = "127.0.0.1:0";
  options.health_address = "127.0.0.1:0";
  options.tls = certificates_.Service(name);
  options.tls.refresh = absl::Seconds(1);
  ServerAccess access{policy, &officers_, [this](const Refusal& refusal) {
                        const absl::MutexLock lock(&mutex_);
                        refusals_.push_back(refusal);
                      }};
  auto server = GrpcServer::Start(options, std::move(access), services, metrics_);
  if (!server.ok()) {
    std::cerr << "test server: " << server.status() << "\n";
    std::abort();
  }
  server_ = *std::move(server);
}

std::shared_ptr<grpc::Channel> TestServer::ChannelAsService(const std::string& service) {
  return ChannelWith(certificates_.Service(service));
}

std::shared_ptr<grpc::Channel> TestServer::ChannelAsOfficer(const std::string& officer_id) {
  return ChannelWith(certificates_.Officer(officer_id));
}

std::shared_ptr<grpc::Channel> TestServer::ChannelWith(const TlsFiles& files) {
  return MakeChannel({.address = "127.0.0.1:" + std::to_string(server_->port()), .service = name_},
                     WatchTlsFiles(files));
}

std::vector<Refusal> TestServer::refusals() {
  const absl::MutexLock lock(&mutex_);
  return refusals_;
}

}  // namespace oshirase

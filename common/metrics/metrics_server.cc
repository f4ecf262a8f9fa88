#include "common/metrics/metrics_server.h"

#include <exception>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/config/address.h"
#include "common/config/bad_configuration.h"
#include "common/status/macros.h"
#include "prometheus/exposer.h"

namespace oshirase {
namespace {

absl::Status CannotListen(const std::string& address, absl::string_view reason) {
  return BadConfiguration({absl::StrCat("METRICS_ADDR: ", address, ": ", reason)});
}

// civetweb takes IP addresses only.
std::string ForCivetweb(const HostPort& address) {
  const std::string host = address.host == "localhost" ? "127.0.0.1" : address.host;
  const bool ipv6 = absl::StrContains(host, ':');
  return ipv6 ? absl::StrCat("[", host, "]:", address.port) : absl::StrCat(host, ":", address.port);
}

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(const std::string& address,
                                                                    const Metrics& metrics) {
  const auto parsed = ParseHostPort(address);
  if (!parsed.ok()) return CannotListen(address, parsed.status().message());
  // civetweb tells why it cannot listen only to its log.
  if (const auto status = CheckCanListen(*parsed); !status.ok()) {
    return CannotListen(address, status.message());
  }
  std::unique_ptr<MetricsServer> server(new MetricsServer());
  try {
    server->exposer_ = std::make_unique<prometheus::Exposer>(std::vector<std::string>{
        "listening_ports", ForCivetweb(*parsed), "num_threads", "1", "request_timeout_ms", "5000"});
  } catch (const std::exception& error) {
    return CannotListen(address, error.what());
  }
  server->collectables_ = metrics.collectables();
  for (const auto& collectable : server->collectables_) {
    server->exposer_->RegisterCollectable(collectable);
  }
  server->port_ = server->exposer_->GetListeningPorts().front();
  return server;
}

MetricsServer::~MetricsServer() = default;

}  // namespace oshirase

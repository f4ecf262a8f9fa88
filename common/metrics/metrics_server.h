// Shows a process's counters to Prometheus at http://<address>/metrics.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"

namespace prometheus {
class Exposer;
}

namespace oshirase {

class MetricsServer {
 public:
  // Listens on `address` ("host:port", port 0 for any free one). Keeps the counters alive by
  // itself; `metrics` may end first. Returns BAD_CONFIGURATION when it cannot listen.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(const std::string& address,
                                                              const Metrics& metrics);
  ~MetricsServer();

  int port() const { return port_; }

 private:
  MetricsServer() = default;

  std::unique_ptr<prometheus::Exposer> exposer_;
  std::vector<std::shared_ptr<prometheus::Collectable>> collectables_;
  int port_ = 0;
};

}  // namespace oshirase

// The gateway's HTTP server: on a unix socket, behind nginx, never alone on a network.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"
#include "services/gateway/http/connection.h"
#include "services/gateway/http/router.h"

namespace oshirase::gateway {

struct HttpServerOptions {
  std::string socket_path;
  // At least as many as requests nginx may have in flight: each connection takes one.
  int threads = 320;
  // Connections that may wait for a thread; further ones get 503 at once.
  int waiting_connections = 64;
  ConnectionTimeouts timeouts;
  // What people see instead of an error of the server itself ("404"). The request is empty when it
  // could not be read.
  std::function<HttpResponse(const HttpRequest& request, int status)> error_page;
};

// Serves until it ends. Thread-safe.
class HttpServer {
 public:
  // Listens on the socket, which every user may connect to (its directory decides who can), and
  // starts serving `router`. A socket left behind by a dead process is replaced. Returns
  // BAD_CONFIGURATION when the path is unfit or a living process listens there. `metrics` must
  // outlive the result.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(HttpServerOptions options, Router router,
                                                           Metrics& metrics);

  // As Shutdown().
  ~HttpServer();

  // Accepts no more connections, lets the requests in flight end, and returns when they have.
  void Shutdown();

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace oshirase::gateway

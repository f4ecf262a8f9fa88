// The console's HTTP server: on the loopback interface only, for one browser.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/authority/console/http.h"

namespace oshirase::authority::console {

// Serves the assets and `routes` until it ends. Thread-safe.
class Server {
 public:
  // Listens on `listen`, "127.0.0.1:0" for any free port. Returns WRONG_USE when it is no address
  // of the loopback interface, UNAVAILABLE when the port is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const std::string& listen,
                                                       std::vector<Route> routes);

  // Breaks off what still streams, lets everything else end.
  ~Server();

  // "http://127.0.0.1:12345", without the token.
  std::string origin() const;

  // Where the officer's browser begins, with the token.
  std::string url() const;

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace oshirase::authority::console

// A server that answers every request with the same bytes, for tests of the load generator. It
// reads heads and bodies by Content-Length and looks at nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace oshirase::bench {

struct TinyServerOptions {
  std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";
  absl::Duration delay = absl::ZeroDuration();
  // Ends each connection after so many answers, without having said so.
  size_t answers_per_connection = SIZE_MAX;
};

class TinyServer {
 public:
  explicit TinyServer(TinyServerOptions options = {});
  // All clients must have left.
  ~TinyServer();
  TinyServer(const TinyServer&) = delete;
  TinyServer& operator=(const TinyServer&) = delete;

  uint16_t port() const { return port_; }
  // The bodies received so far.
  std::vector<std::string> bodies() const;

 private:
  void Accept();
  void Serve(int fd);

  const TinyServerOptions options_;
  int listener_;
  uint16_t port_;
  mutable absl::Mutex mutex_;
  std::vector<std::string> bodies_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> connections_;
  std::thread accepter_;
};

}  // namespace oshirase::bench

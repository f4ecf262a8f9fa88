// A real Redis for integration tests: a private server in memory on a unix socket, removed with
// the object, also when the test process is killed.
#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"

namespace oshirase::testing {

// Not thread-safe. All methods throw std::runtime_error, which fails the test case, when they
// cannot.
class TempRedis {
 public:
  // Starts a server; takes some 20 ms.
  TempRedis();
  ~TempRedis();

  TempRedis(const TempRedis&) = delete;
  TempRedis& operator=(const TempRedis&) = delete;

  // unix:///...
  std::string url() const;
  const std::string& socket_path() const;

  // Empties it, scripts included.
  void Flush();
  // SIGKILL.
  void Kill();
  // Starts it again, empty, after Kill; kills it first when it runs.
  void Restart();
  // For so long every command waits (CLIENT PAUSE).
  void Pause(absl::Duration duration);
  // The process stands still (SIGSTOP) until Resume(): connections succeed, answers do not come.
  void Freeze();
  void Resume();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace oshirase::testing

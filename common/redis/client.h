// The Redis client that the threads of a process share: a few connections, replaced when they
// break, and a pause after a failure so that a Redis that is down costs callers microseconds.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/redis/command.h"
#include "common/redis/connection.h"
#include "common/redis/reply.h"
#include "common/redis/url.h"

namespace oshirase::redis {

struct ClientOptions {
  Address address;
  Timeouts timeouts{};
  // The most connections open at once; a call waits `timeouts.command` for one to come free.
  int connections = 4;
  // For so long after a connection failed, calls are refused without trying.
  absl::Duration pause_after_failure = absl::Milliseconds(200);
};

// Thread-safe. Connections are opened when first needed, so that a process can start before Redis.
// Nothing is ever repeated on a new connection: what was sent may have been carried out. An idle
// connection that the server has closed meanwhile is replaced before anything is sent on it.
//
// All calls return UNAVAILABLE when Redis cannot be reached, broke off, did not answer in time, or
// failed less than `pause_after_failure` ago; RESOURCE_EXHAUSTED when all connections stayed busy;
// and as Connection says otherwise.
class Client {
 public:
  // Makes the process ignore SIGPIPE, unless it handles it: hiredis writes to sockets plainly, and
  // a server that went away would otherwise end the process.
  explicit Client(ClientOptions options);
  ~Client();

  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  absl::StatusOr<Reply> Run(const Command& command);
  absl::StatusOr<std::vector<Reply>> Run(const Pipeline& pipeline);
  absl::StatusOr<Reply> Run(const Script& script, const ScriptCall& call);

  // Asks the server for an answer: for start-up and readiness.
  absl::Status Ping();

 private:
  absl::StatusOr<std::unique_ptr<Connection>> Reserve();
  absl::StatusOr<std::unique_ptr<Connection>> Take();
  void GiveBack(std::unique_ptr<Connection> connection);
  template <typename Result, typename... Arguments>
  Result With(const Arguments&... arguments);

  const ClientOptions options_;
  absl::Mutex mu_;
  absl::CondVar freed_;
  std::vector<std::unique_ptr<Connection>> idle_ ABSL_GUARDED_BY(mu_);
  int in_use_ ABSL_GUARDED_BY(mu_) = 0;
  std::chrono::steady_clock::time_point closed_until_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::redis

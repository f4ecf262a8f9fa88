// One connection to Redis over hiredis, which never outlives an error: hiredis keeps a context
// broken for good, and its own redisReconnect() loses the timeouts.
#pragma once

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/redis/command.h"
#include "common/redis/reply.h"
#include "common/redis/url.h"

struct redisContext;

namespace oshirase::redis {

struct Timeouts {
  absl::Duration connect = absl::Milliseconds(500);
  // For one write or the next piece of an answer.
  absl::Duration command = absl::Milliseconds(500);
};

// Not thread-safe: one thread at a time. Use Client unless a thread owns its connection.
class Connection {
 public:
  // Connects. Returns UNAVAILABLE when the server cannot be reached within `timeouts.connect`.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const Address& address,
                                                          const Timeouts& timeouts);

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // Sends one command and returns the answer, or the server's error as a status. Returns
  // UNAVAILABLE when the connection breaks or the answer does not come in time: the command may
  // or may not have been carried out, and the connection is then of no more use.
  absl::StatusOr<Reply> Run(const Command& command);

  // Sends all, then reads all: one answer per step, in order. A step's error is in its Reply.
  // Returns UNAVAILABLE as above; any part may have been carried out.
  absl::StatusOr<std::vector<Reply>> Run(const Pipeline& pipeline);

  // Runs `script` by its hash, and by its text when the server does not know it yet.
  absl::StatusOr<Reply> Run(const Script& script, const ScriptCall& call);

  // Whether an error has ended this connection, or the server has closed it while idle. False
  // does not promise that the next command will succeed.
  bool broken() const;

 private:
  struct Free {
    void operator()(redisContext* context) const;
  };
  explicit Connection(std::unique_ptr<redisContext, Free> context);

  absl::Status Append(const Command& command);
  absl::StatusOr<Reply> Read();
  absl::Status RepeatUnknownScripts(const std::vector<Pipeline::Step>& steps,
                                    std::vector<Reply>& replies);
  absl::Status Break();

  std::unique_ptr<redisContext, Free> context_;  // null once broken
};

}  // namespace oshirase::redis

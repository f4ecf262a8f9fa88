#include "common/redis/client.h"

#include <csignal>
#include <utility>

#include "absl/time/clock.h"
#include "common/status/macros.h"

namespace oshirase::redis {
namespace {

using Steady = std::chrono::steady_clock;

void IgnoreSigpipe() {
  struct sigaction current = {};
  sigaction(SIGPIPE, nullptr, &current);
  if (current.sa_handler == SIG_DFL) std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace

Client::Client(ClientOptions options) : options_(std::move(options)) { IgnoreSigpipe(); }

Client::~Client() = default;

// Waits for the right to one connection. Null when it has to be opened.
absl::StatusOr<std::unique_ptr<Connection>> Client::Reserve() {
  absl::MutexLock lock(&mu_);
  const absl::Time deadline = absl::Now() + options_.timeouts.command;
  bool expired = false;
  for (;;) {
    if (Steady::now() < closed_until_) {
      freed_.Signal();  // the next who waits takes the turn that this one does not use
      return absl::UnavailableError("redis failed a moment ago");
    }
    if (in_use_ < options_.connections) break;
    if (expired) return absl::ResourceExhaustedError("no redis connection came free in time");
    expired = freed_.WaitWithDeadline(&mu_, deadline);
  }
  ++in_use_;
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

absl::StatusOr<std::unique_ptr<Connection>> Client::Take() {
  ASSIGN_OR_RETURN(auto connection, Reserve());
  if (connection != nullptr && !connection->broken()) return connection;
  auto opened = Connection::Open(options_.address, options_.timeouts);
  if (!opened.ok()) GiveBack(nullptr);
  return opened;
}

void Client::GiveBack(std::unique_ptr<Connection> connection) {
  std::vector<std::unique_ptr<Connection>> dropped;
  absl::MutexLock lock(&mu_);
  --in_use_;
  freed_.Signal();
  if (connection != nullptr && !connection->broken()) {
    idle_.push_back(std::move(connection));
    return;
  }
  // What broke one connection has most likely broken all.
  dropped.swap(idle_);
  closed_until_ = Steady::now() + absl::ToChronoNanoseconds(options_.pause_after_failure);
}

template <typename Result, typename... Arguments>
Result Client::With(const Arguments&... arguments) {
  ASSIGN_OR_RETURN(auto connection, Take());
  Result result = connection->Run(arguments...);
  GiveBack(std::move(connection));
  return result;
}

absl::StatusOr<Reply> Client::Run(const Command& command) {
  return With<absl::StatusOr<Reply>>(command);
}

absl::StatusOr<std::vector<Reply>> Client::Run(const Pipeline& pipeline) {
  return With<absl::StatusOr<std::vector<Reply>>>(pipeline);
}

absl::StatusOr<Reply> Client::Run(const Script& script, const ScriptCall& call) {
  return With<absl::StatusOr<Reply>>(script, call);
}

absl::Status Client::Ping() { return Run(Command{"PING"}).status(); }

}  // namespace oshirase::redis

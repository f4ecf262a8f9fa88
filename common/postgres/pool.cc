#include "common/postgres/pool.h"

#include <algorithm>
#include <chrono>
#include <list>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/postgres/connection.h"
#include "common/postgres/pg_status.h"
#include "common/status/macros.h"

namespace oshirase::postgres {

using Steady = std::chrono::steady_clock;

// The shared part of a pool and its leases, and the watch that ends leases held for too long.
class PoolState {
 public:
  explicit PoolState(PoolOptions options)
      : options_(std::move(options)),
        hold_limit_(absl::ToChronoNanoseconds(options_.hold_limit)),
        watch_([this] { Watch(); }) {}

  ~PoolState() {
    {
      absl::MutexLock lock(&mu_);
      stopping_ = true;
      stop_.Signal();
    }
    watch_.join();
  }

  PoolState(const PoolState&) = delete;
  PoolState& operator=(const PoolState&) = delete;

  absl::StatusOr<std::unique_ptr<Connection>> Take(absl::Time deadline);
  void Return(std::unique_ptr<Connection> connection);
  void Abandon();

 private:
  struct Held {
    Connection* connection;
    Steady::time_point until;
    bool severed = false;
  };

  absl::StatusOr<std::unique_ptr<Connection>> Reserve(absl::Time deadline);
  absl::StatusOr<std::unique_ptr<Connection>> Open();
  void Hold(Connection& connection);
  void Watch();

  const PoolOptions options_;
  const Steady::duration hold_limit_;
  absl::Mutex mu_;
  absl::CondVar freed_;
  absl::CondVar stop_;
  std::vector<std::unique_ptr<Connection>> idle_ ABSL_GUARDED_BY(mu_);
  std::list<Held> held_ ABSL_GUARDED_BY(mu_);  // oldest first
  int reserved_ ABSL_GUARDED_BY(mu_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::thread watch_;  // last: it uses all of the above
};

// Waits for the right to one connection. Null when it has to be opened.
absl::StatusOr<std::unique_ptr<Connection>> PoolState::Reserve(absl::Time deadline) {
  absl::MutexLock lock(&mu_);
  while (reserved_ >= options_.size) {
    if (freed_.WaitWithDeadline(&mu_, deadline) && reserved_ >= options_.size) {
      return absl::ResourceExhaustedError("no database connection came free in time");
    }
  }
  ++reserved_;
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

absl::StatusOr<std::unique_ptr<Connection>> PoolState::Open() {
  try {
    return std::make_unique<Connection>(options_);
  } catch (const std::exception& error) {
    return StatusOfException(error);
  }
}

absl::StatusOr<std::unique_ptr<Connection>> PoolState::Take(absl::Time deadline) {
  ASSIGN_OR_RETURN(auto connection, Reserve(deadline));
  if (connection == nullptr || !connection->Usable()) {
    connection.reset();
    auto opened = Open();
    if (!opened.ok()) {
      Abandon();
      return opened.status();
    }
    connection = std::move(opened).value();
  }
  connection->ForgetNotices();
  Hold(*connection);
  return connection;
}

void PoolState::Hold(Connection& connection) {
  absl::MutexLock lock(&mu_);
  held_.push_back({.connection = &connection, .until = Steady::now() + hold_limit_});
}

void PoolState::Return(std::unique_ptr<Connection> connection) {
  {
    absl::MutexLock lock(&mu_);
    const auto held = std::find_if(held_.begin(), held_.end(), [&](const Held& candidate) {
      return candidate.connection == connection.get();
    });
    const bool severed = held->severed;
    held_.erase(held);
    if (!severed && connection->Usable()) idle_.push_back(std::move(connection));
  }
  connection.reset();  // outside the lock: closing may take a system call
  Abandon();
}

void PoolState::Abandon() {
  absl::MutexLock lock(&mu_);
  --reserved_;
  freed_.Signal();
}

void PoolState::Watch() {
  absl::MutexLock lock(&mu_);
  while (!stopping_) {
    const auto now = Steady::now();
    // A lease that begins while this thread sleeps ends after that, so Take need not wake it.
    auto wake = now + hold_limit_;
    for (auto& held : held_) {
      if (held.severed) continue;
      if (held.until > now) {
        wake = held.until;
        break;
      }
      held.connection->Sever();
      held.severed = true;
    }
    stop_.WaitWithTimeout(&mu_, absl::FromChrono(wake - now));
  }
}

Lease::Lease(std::shared_ptr<PoolState> state, std::unique_ptr<Connection> connection)
    : state_(std::move(state)), connection_(std::move(connection)) {}

Lease::Lease(Lease&& other) noexcept = default;

Lease& Lease::operator=(Lease&& other) noexcept {
  GiveBack();
  state_ = std::move(other.state_);
  connection_ = std::move(other.connection_);
  return *this;
}

Lease::~Lease() { GiveBack(); }

void Lease::GiveBack() {
  if (connection_ != nullptr) state_->Return(std::move(connection_));
}

pqxx::connection_base& Lease::connection() { return *connection_; }
void Lease::Discard() { connection_->disconnect(); }
bool Lease::unreplicated() const { return connection_->unreplicated(); }
bool Lease::failed() const { return connection_->InFailedTransaction(); }

Pool::Pool(PoolOptions options) : state_(std::make_shared<PoolState>(std::move(options))) {}

Pool::~Pool() = default;

absl::StatusOr<Lease> Pool::Acquire(absl::Time deadline) {
  ASSIGN_OR_RETURN(auto connection, state_->Take(deadline));
  return Lease(state_, std::move(connection));
}

}  // namespace oshirase::postgres

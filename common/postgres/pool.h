// The only way to a Postgres connection: a bounded pool that never hands out a connection known
// to be broken, never reconnects behind the caller's back, and never waits without a limit.
#pragma once

#include <functional>
#include <memory>
#include <pqxx/pqxx>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace oshirase::postgres {

class Connection;
class PoolState;

// Prepares the statements of the stores on a new connection: calls connection.prepare(name, sql)
// for each. libpqxx sends a statement to the server when it is first executed, so this costs no
// round trip. Called once per connection, from whichever thread opened it.
using ConnectionSetUp = std::function<void(pqxx::connection_base&)>;

struct PoolOptions {
  // A postgresql:// URI or a libpq key=value string. Values given here win over the defaults
  // connect_timeout=2, tcp_user_timeout=5000 and keepalives (idle 10 s, interval 2 s, 3 probes).
  std::string url;

  // The most connections open at once, at least 1. They are opened when first needed.
  int size = 4;

  // The session's statement_timeout: the server cancels a statement that takes longer.
  absl::Duration statement_timeout = absl::Seconds(3);

  // The longest one holder may keep a connection. Then its socket is shut down and the holder's
  // statement fails as a broken connection. This is what ends a wait for a server that is frozen,
  // or a commit that waits for a standby: statement_timeout covers neither.
  absl::Duration hold_limit = absl::Seconds(15);

  // Optional.
  ConnectionSetUp set_up{};
};

// One connection, lent to one thread until destroyed. Move-only. Must not outlive the pool.
class Lease {
 public:
  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&& other) noexcept;
  ~Lease();

  // Never null, except after a move.
  pqxx::connection_base& connection();

  // The connection will be closed instead of going back. To be called after broken_connection,
  // and whenever the state of the session is not known.
  void Discard();

  // Whether a statement or commit since the lease began was reported by the server as possibly
  // not replicated. The caller must then not acknowledge the write.
  bool unreplicated() const;

  // Whether the transaction in progress has failed: the server would answer COMMIT by rolling
  // back, without an error.
  bool failed() const;

 private:
  friend class Pool;
  Lease(std::shared_ptr<PoolState> state, std::unique_ptr<Connection> connection);
  void GiveBack();

  std::shared_ptr<PoolState> state_;
  std::unique_ptr<Connection> connection_;
};

// Thread-safe. Every session runs with synchronous_commit=on, TimeZone=UTC and DateStyle=ISO,
// which fields.h relies on.
class Pool {
 public:
  // Opens nothing yet, so that a process can start before its database does.
  explicit Pool(PoolOptions options);

  // Closes the idle connections. All leases must be gone.
  ~Pool();

  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Lends a connection. An idle one that the server has closed meanwhile is replaced first, so
  // that a restart of the server costs no caller a failure.
  // Returns RESOURCE_EXHAUSTED when none came free before `deadline`, UNAVAILABLE when the server
  // cannot be reached (after connect_timeout at the latest), and what pg_status.h says for
  // a server that refuses.
  absl::StatusOr<Lease> Acquire(absl::Time deadline);

  // Asks the server for an answer: for start-up and readiness. Returns as Acquire does.
  absl::Status Ping(absl::Time deadline);

 private:
  std::shared_ptr<PoolState> state_;
};

// Returns INVALID_ARGUMENT when `url` is no connection string. The message holds no part of it:
// it may contain a password.
absl::Status CheckUrl(const std::string& url);

}  // namespace oshirase::postgres

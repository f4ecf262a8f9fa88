// A libpqxx connection that dies once and for all: libpqxx 6 would quietly open a new session, or
// send a statement again, when it finds its connection lost. Private to this library; stores see
// pqxx::connection_base.
#pragma once

#include <pqxx/pqxx>

#include "common/postgres/pool.h"

namespace oshirase::postgres {

// Opens the session on the first call and refuses every later one, so that a lost connection
// stays lost. A base class of Connection because it must exist before pqxx::connection_base.
class ConnectOnce : public pqxx::connectionpolicy {
 public:
  explicit ConnectOnce(const PoolOptions& options);
  ~ConnectOnce() noexcept override;

  // Throws pqxx::broken_connection when the server cannot be reached, and on the second call.
  handle do_startconnect(handle original) override;

  ConnectOnce(const ConnectOnce&) = delete;
  ConnectOnce& operator=(const ConnectOnce&) = delete;

 protected:
  const PoolOptions& options_;
  handle handle_ = nullptr;  // owned by pqxx::connection_base
  int socket_copy_ = -1;     // a duplicate: stays ours when libpq closes its own

 private:
  bool used_ = false;
};

// Not thread-safe, except for Sever().
class Connection : private ConnectOnce, public pqxx::connection_base {
 public:
  // Connects and runs the set-up hook. `options` must outlive the connection. Throws
  // pqxx::broken_connection when the server cannot be reached.
  explicit Connection(const PoolOptions& options);
  ~Connection() noexcept override;

  // Whether the session is alive and idle, as far as can be told without asking the server:
  // a server that has ended the session has closed its socket.
  bool Usable() const;

  // Whether the transaction in progress has failed.
  bool InFailedTransaction() const;

  // Whether the server said that a commit might not be replicated.
  bool unreplicated() const { return unreplicated_; }
  void ForgetNotices() { unreplicated_ = false; }

  // Cuts the line under whatever the session is waiting for, from any thread.
  void Sever() const;

 private:
  static void OnNotice(void* connection, const pqxx::internal::pq::PGresult* notice);

  bool unreplicated_ = false;
};

}  // namespace oshirase::postgres

#include "common/postgres/connection.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/postgres/conninfo.h"

namespace oshirase::postgres {
namespace {

// Commits locally and then says so with a WARNING when the wait for the standby is given up. The
// text is translated by the server's locale; the place in its source is not.
constexpr absl::string_view kReplicationWaitSource = "syncrep.c";

}  // namespace

ConnectOnce::ConnectOnce(const PoolOptions& options)
    : pqxx::connectionpolicy(std::string()), options_(options) {}

ConnectOnce::~ConnectOnce() noexcept {
  if (socket_copy_ >= 0) close(socket_copy_);
}

pqxx::connectionpolicy::handle ConnectOnce::do_startconnect(handle original) {
  if (original != nullptr) return original;  // libpqxx asks again before it completes
  if (used_) throw pqxx::broken_connection("a lost connection is not opened again");
  used_ = true;
  const auto parameters = ConnectionParameters(options_.url, options_.statement_timeout);
  if (!parameters.ok()) throw pqxx::broken_connection("not a connection string");
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : *parameters) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  PGconn* const opened = PQconnectdbParams(names.data(), values.data(), /*expand_dbname=*/0);
  if (opened == nullptr) throw std::bad_alloc();
  if (PQstatus(opened) != CONNECTION_OK) {
    PQfinish(opened);
    throw pqxx::broken_connection("cannot connect");
  }
  handle_ = opened;
  socket_copy_ = fcntl(PQsocket(opened), F_DUPFD_CLOEXEC, 0);
  return handle_;
}

Connection::Connection(const PoolOptions& options)
    : ConnectOnce(options), pqxx::connection_base(static_cast<pqxx::connectionpolicy&>(*this)) {
  try {
    init();
    PQsetNoticeReceiver(handle_, &Connection::OnNotice, this);
#pragma GCC diagnostic push
// Deprecated because libpqxx 7 never reactivates. Version 6 does, past the policy, by PQreset.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    inhibit_reactivation(true);
#pragma GCC diagnostic pop
    if (options.set_up) options.set_up(*this);
  } catch (...) {
    close();
    throw;
  }
}

Connection::~Connection() noexcept { close(); }

void Connection::OnNotice(void* connection, const pqxx::internal::pq::PGresult* notice) {
  const char* const file = PQresultErrorField(notice, PG_DIAG_SOURCE_FILE);
  if (file != nullptr && absl::string_view(file) == kReplicationWaitSource) {
    static_cast<Connection*>(connection)->unreplicated_ = true;
  }
}

bool Connection::Usable() const {
  if (!is_open() || PQtransactionStatus(handle_) != PQTRANS_IDLE) return false;
  // An idle session receives nothing but its end (or a setting reloaded by the administrator,
  // which costs a connection and no more).
  pollfd state = {.fd = PQsocket(handle_), .events = POLLIN, .revents = 0};
  return poll(&state, 1, 0) == 0;
}

bool Connection::InFailedTransaction() const {
  return is_open() && PQtransactionStatus(handle_) == PQTRANS_INERROR;
}

void Connection::Sever() const { shutdown(socket_copy_, SHUT_RDWR); }

}  // namespace oshirase::postgres

#include "common/postgres/pg_status.h"

#include <pqxx/pqxx>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"

namespace oshirase::postgres {
namespace {

template <typename Exception>
bool Is(const std::exception& error) {
  return dynamic_cast<const Exception*>(&error) != nullptr;
}

// Errors that pass by themselves, or by an operator's hand, and are not the statement's fault.
bool IsOutage(absl::string_view sqlstate) {
  return absl::StartsWith(sqlstate, "08") ||   // connection exception
         absl::StartsWith(sqlstate, "53") ||   // disk full, out of memory, too many connections
         absl::StartsWith(sqlstate, "57P") ||  // shutting down, crashed, starting up
         absl::StartsWith(sqlstate, "58") ||   // input/output error of the server
         sqlstate == "25006";                  // read-only: the primary has moved
}

bool IsTimeout(absl::string_view sqlstate) {
  return sqlstate == "57014" ||  // statement_timeout, or cancelled by an operator
         sqlstate == "55P03";    // lock_timeout, or NOWAIT
}

absl::Status StatusOfSqlError(const pqxx::sql_error& error) {
  const std::string& sqlstate = error.sqlstate();
  const std::string message = absl::StrCat("postgres error, SQLSTATE ", sqlstate);
  if (IsOutage(sqlstate)) return absl::UnavailableError(message);
  if (IsTimeout(sqlstate)) return absl::DeadlineExceededError(message);
  if (Is<pqxx::unique_violation>(error)) return absl::AlreadyExistsError(message);
  return absl::InternalError(message);
}

}  // namespace

absl::Status CommitInDoubt() {
  return ReasonedError(absl::StatusCode::kUnavailable, kCommitInDoubt,
                       "the write may or may not have been kept");
}

bool IsCommitInDoubt(const absl::Status& status) { return ReasonOf(status) == kCommitInDoubt; }

absl::Status StatusOfException(const std::exception& error) {
  if (Is<pqxx::in_doubt_error>(error) || Is<pqxx::statement_completion_unknown>(error)) {
    return CommitInDoubt();
  }
  if (Is<pqxx::broken_connection>(error)) {
    return absl::UnavailableError("the database cannot be reached");
  }
  if (Is<pqxx::transaction_rollback>(error)) {  // its subclasses are the conflicts
    return absl::AbortedError("the transaction conflicted with another");
  }
  if (const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error); sql != nullptr) {
    return StatusOfSqlError(*sql);
  }
  if (Is<pqxx::conversion_error>(error)) {
    return absl::InternalError("a field from the database has another form than expected");
  }
  if (Is<pqxx::range_error>(error)) {
    return absl::InternalError("the database returned another number of rows than expected");
  }
  return absl::InternalError("the database library failed");
}

bool BreaksConnection(const std::exception& error) {
  if (const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error); sql != nullptr) {
    return absl::StartsWith(sql->sqlstate(), "08") || absl::StartsWith(sql->sqlstate(), "57P");
  }
  return Is<pqxx::broken_connection>(error) || Is<pqxx::in_doubt_error>(error);
}

}  // namespace oshirase::postgres

// Running SQL: the one place where transactions begin and end, and where exceptions of libpqxx
// become statuses.
#pragma once

#include <pqxx/pqxx>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/postgres/pool.h"

namespace oshirase::postgres {

enum class Isolation { kReadCommitted, kRepeatableRead, kSerializable };

struct TransactionOptions {
  // Until when to wait for a connection, and to begin another attempt after a conflict. A
  // statement already sent is bounded by the pool's statement_timeout, not by this.
  // InfinitePast means 3 seconds from the call.
  absl::Time deadline = absl::InfinitePast();
  Isolation isolation = Isolation::kReadCommitted;
};

using TransactionBody = absl::FunctionRef<absl::Status(pqxx::work&)>;
using StatementBody = absl::FunctionRef<absl::Status(pqxx::nontransaction&)>;

// Runs `body` in one transaction and commits when it returns OK; rolls back when it returns
// another status, which is then the result, or when it throws.
//
// A serialization failure or deadlock rolls back and runs `body` again, up to 3 times more: it
// must therefore have no effect but SQL, and overwrite (not append to) what it captures. Nothing
// else is ever repeated.
//
// `body` may throw anything of libpqxx. It may catch pqxx::unique_violation and the like, but must
// then not return OK: Postgres has already doomed the transaction, and such a commit is reported
// as INTERNAL.
//
// Returns, besides what `body` returns:
//   ABORTED             conflicts with other transactions did not end within the attempts
//   RESOURCE_EXHAUSTED  no connection came free before the deadline; nothing happened
//   UNAVAILABLE         the server cannot be reached; nothing was committed
//   UNAVAILABLE, reason COMMIT_IN_DOUBT  the commit was sent and may have happened, or is not yet
//                       replicated. Safe to repeat only with an idempotency key
//   others              as StatusOfException() in pg_status.h says
absl::Status RunInTransaction(Pool& pool, TransactionBody body, TransactionOptions options = {});

// Runs `body` without BEGIN and COMMIT, which saves two round trips: for a body of one statement,
// whose effect Postgres makes durable by itself. With more statements each commits alone.
//
// Nothing is repeated: a conflict is ABORTED at once. Once `body` has begun, a lost connection is
// UNAVAILABLE with reason COMMIT_IN_DOUBT, since the statement may have been carried out (for
// a statement that only reads this is merely UNAVAILABLE). Otherwise as RunInTransaction.
// `options.isolation` is not used.
absl::Status RunNonTransactional(Pool& pool, StatementBody body, TransactionOptions options = {});

}  // namespace oshirase::postgres

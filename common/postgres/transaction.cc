#include "common/postgres/transaction.h"

#include <string>
#include <utility>

#include "absl/random/random.h"
#include "absl/time/clock.h"
#include "common/postgres/pg_status.h"
#include "common/status/macros.h"

namespace oshirase::postgres {
namespace {

constexpr int kMaxRetries = 3;
constexpr absl::Duration kDefaultWait = absl::Seconds(3);

struct Outcome {
  absl::Status status;
  bool conflict = false;  // rolled back by the server; worth another attempt
};

absl::Time DeadlineOf(const TransactionOptions& options) {
  if (options.deadline == absl::InfinitePast()) return absl::Now() + kDefaultWait;
  return options.deadline;
}

const char* SetIsolation(Isolation isolation) {
  switch (isolation) {
    case Isolation::kReadCommitted:
      return nullptr;  // the server's default
    case Isolation::kRepeatableRead:
      return "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    case Isolation::kSerializable:
      return "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE";
  }
  return nullptr;
}

absl::Status Attempt(Lease& lease, TransactionBody body, Isolation isolation) {
  pqxx::work transaction(lease.connection());
  if (const char* set = SetIsolation(isolation); set != nullptr) transaction.exec0(set);
  RETURN_IF_ERROR(body(transaction));
  if (lease.failed()) {
    return absl::InternalError("a transaction that had failed was to be committed");
  }
  transaction.commit();
  if (lease.unreplicated()) return CommitInDoubt();
  return absl::OkStatus();
}

Outcome TryOnce(Lease& lease, TransactionBody body, Isolation isolation) {
  try {
    return {.status = Attempt(lease, body, isolation)};
  } catch (const std::exception& error) {
    if (BreaksConnection(error)) lease.Discard();
    auto status = StatusOfException(error);
    const bool conflict = absl::IsAborted(status);
    return {.status = std::move(status), .conflict = conflict};
  }
}

// A few milliseconds, growing, so that those who collided do not meet again.
void PauseBeforeRetry(int retry) {
  thread_local absl::BitGen random;
  absl::SleepFor(absl::Microseconds(absl::Uniform(random, 0, 2000 << retry)));
}

}  // namespace

absl::Status RunInTransaction(Pool& pool, TransactionBody body, TransactionOptions options) {
  const absl::Time deadline = DeadlineOf(options);
  ASSIGN_OR_RETURN(Lease lease, pool.Acquire(deadline));
  for (int retry = 0;; ++retry) {
    Outcome outcome = TryOnce(lease, body, options.isolation);
    if (!outcome.conflict || retry == kMaxRetries || absl::Now() >= deadline) {
      return outcome.status;
    }
    PauseBeforeRetry(retry);
  }
}

absl::Status RunNonTransactional(Pool& pool, StatementBody body, TransactionOptions options) {
  ASSIGN_OR_RETURN(Lease lease, pool.Acquire(DeadlineOf(options)));
  try {
    pqxx::nontransaction transaction(lease.connection());
    RETURN_IF_ERROR(body(transaction));
    if (lease.unreplicated()) return CommitInDoubt();
    return absl::OkStatus();
  } catch (const std::exception& error) {
    if (!BreaksConnection(error)) return StatusOfException(error);
    lease.Discard();
    return CommitInDoubt();
  }
}

absl::Status Pool::Ping(absl::Time deadline) {
  auto status = RunNonTransactional(*this,
                                    [](pqxx::nontransaction& transaction) {
                                      transaction.exec1("SELECT 1");
                                      return absl::OkStatus();
                                    },
                                    {.deadline = deadline});
  if (IsCommitInDoubt(status)) return absl::UnavailableError("the database did not answer");
  return status;
}

}  // namespace oshirase::postgres

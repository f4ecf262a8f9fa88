#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "absl/synchronization/barrier.h"
#include "common/postgres/pg_status.h"
#include "common/postgres/transaction.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_database.h"

namespace oshirase::postgres {
namespace {

using testing::Contents;
using testing::TempDatabase;

// A database with one table of numbered counters.
class Counters {
 public:
  Counters() { database.Query("CREATE TABLE counters (id int PRIMARY KEY, value int NOT NULL)"); }

  std::string ValueOf(int id) {
    return database.Query("SELECT value FROM counters WHERE id = " + std::to_string(id));
  }

  TempDatabase database{Contents::kNothing};
  Pool pool{{.url = database.superuser_url(), .size = 4}};
};

absl::Status Insert(pqxx::transaction_base& transaction, int id) {
  transaction.exec_params("INSERT INTO counters VALUES ($1, 0)", id);
  return absl::OkStatus();
}

TEST_CASE("a body that returns OK is committed") {
  Counters counters;

  REQUIRE_OK(RunInTransaction(counters.pool, [](pqxx::work& tx) { return Insert(tx, 1); }));

  CHECK(counters.ValueOf(1) == "0");
}

TEST_CASE("a body that returns an error is rolled back and its status returned") {
  Counters counters;

  const auto status = RunInTransaction(counters.pool, [](pqxx::work& tx) {
    Insert(tx, 1).IgnoreError();
    return absl::NotFoundError("no such venue");
  });

  CHECK(status == absl::NotFoundError("no such venue"));
  CHECK(counters.ValueOf(1).empty());
}

TEST_CASE("a body that throws is rolled back and the connection is used again") {
  Counters counters;

  const auto status = RunInTransaction(counters.pool, [](pqxx::work& tx) {
    Insert(tx, 1).IgnoreError();
    return Insert(tx, 1);
  });

  CHECK_CODE(status, absl::StatusCode::kAlreadyExists);
  CHECK(counters.ValueOf(1).empty());
  CHECK_OK(RunInTransaction(counters.pool, [](pqxx::work& tx) { return Insert(tx, 1); }));
}

TEST_CASE("a transaction that already failed is not reported as committed") {
  Counters counters;

  const auto status = RunInTransaction(counters.pool, [](pqxx::work& tx) {
    Insert(tx, 1).IgnoreError();
    try {
      Insert(tx, 1).IgnoreError();
    } catch (const pqxx::unique_violation&) {
      return absl::OkStatus();
    }
    return absl::InternalError("no violation");
  });

  CHECK(status == absl::InternalError("a transaction that had failed was to be committed"));
  CHECK(counters.ValueOf(1).empty());
}

TEST_CASE("a constraint checked only at commit fails the transaction") {
  Counters counters;
  counters.database.Query(
      "CREATE TABLE notes (id int REFERENCES counters DEFERRABLE INITIALLY DEFERRED)");

  const auto status = RunInTransaction(counters.pool, [](pqxx::work& tx) {
    tx.exec0("INSERT INTO notes VALUES (99)");
    return absl::OkStatus();
  });

  CHECK_CODE(status, absl::StatusCode::kInternal);
  CHECK(counters.database.Query("SELECT count(*) FROM notes") == "0");
}

TEST_CASE("two serializable transactions that conflict both succeed in the end") {
  Counters counters;
  counters.database.Query("INSERT INTO counters VALUES (1, 0)");
  absl::Barrier both_have_read(2);
  std::atomic<int> runs = 0;
  const auto increment = [&](absl::Status& result) {
    bool first_run = true;
    result = RunInTransaction(
        counters.pool,
        [&](pqxx::work& tx) {
          ++runs;
          const int value = tx.exec1("SELECT value FROM counters WHERE id = 1")[0].as<int>();
          if (first_run) both_have_read.Block();
          first_run = false;
          tx.exec_params0("UPDATE counters SET value = $1 WHERE id = 1", value + 1);
          return absl::OkStatus();
        },
        {.isolation = Isolation::kSerializable});
  };

  absl::Status first;
  absl::Status second;
  std::thread other([&] { increment(second); });
  increment(first);
  other.join();

  CHECK_OK(first);
  CHECK_OK(second);
  CHECK(runs == 3);
  CHECK(counters.ValueOf(1) == "2");
}

TEST_CASE("a conflict that does not end is ABORTED after four attempts") {
  Counters counters;
  int runs = 0;

  const auto status = RunInTransaction(counters.pool, [&](pqxx::work& tx) {
    ++runs;
    tx.exec0("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'serialization_failure'; END $$");
    return absl::OkStatus();
  });

  CHECK_CODE(status, absl::StatusCode::kAborted);
  CHECK(runs == 4);
}

TEST_CASE("a deadlock ends with both transactions committed") {
  Counters counters;
  counters.database.Query("INSERT INTO counters VALUES (1, 0), (2, 0)");
  absl::Barrier both_hold_one(2);
  const auto lock_both = [&](int first_id, int second_id, absl::Status& result) {
    bool first_run = true;
    result = RunInTransaction(counters.pool, [&](pqxx::work& tx) {
      const std::string increment = "UPDATE counters SET value = value + 1 WHERE id = $1";
      tx.exec_params0(increment, first_id);
      if (first_run) both_hold_one.Block();
      first_run = false;
      tx.exec_params0(increment, second_id);
      return absl::OkStatus();
    });
  };

  absl::Status first;
  absl::Status second;
  std::thread other([&] { lock_both(2, 1, second); });
  lock_both(1, 2, first);
  other.join();

  CHECK_OK(first);
  CHECK_OK(second);
  CHECK(counters.ValueOf(1) == "2");
  CHECK(counters.ValueOf(2) == "2");
}

TEST_CASE("an ABORTED that the body itself returns is not retried") {
  Counters counters;
  int runs = 0;

  const auto status = RunInTransaction(counters.pool, [&](pqxx::work& /*tx*/) {
    ++runs;
    return absl::AbortedError("etag mismatch");
  });

  CHECK(status == absl::AbortedError("etag mismatch"));
  CHECK(runs == 1);
}

TEST_CASE("a single statement commits by itself") {
  Counters counters;

  REQUIRE_OK(
      RunNonTransactional(counters.pool, [](pqxx::nontransaction& tx) { return Insert(tx, 1); }));

  CHECK(counters.ValueOf(1) == "0");
}

TEST_CASE("a statement that takes too long is DEADLINE_EXCEEDED and changes nothing") {
  Counters counters;
  Pool impatient(
      {.url = counters.database.superuser_url(), .statement_timeout = absl::Milliseconds(50)});

  const auto status = RunInTransaction(impatient, [](pqxx::work& tx) {
    Insert(tx, 1).IgnoreError();
    tx.exec1("SELECT pg_sleep(10)");
    return absl::OkStatus();
  });

  CHECK_CODE(status, absl::StatusCode::kDeadlineExceeded);
  CHECK(counters.ValueOf(1).empty());
}

TEST_CASE("a session ended by the administrator fails one call and is not used again") {
  Counters counters;
  Pool pool({.url = counters.database.superuser_url(), .size = 1});

  const auto status = RunInTransaction(pool, [](pqxx::work& tx) {
    Insert(tx, 1).IgnoreError();
    tx.exec1("SELECT pg_terminate_backend(pg_backend_pid())");
    return absl::OkStatus();
  });

  CHECK_CODE(status, absl::StatusCode::kUnavailable);
  CHECK_FALSE(IsCommitInDoubt(status));
  CHECK(counters.ValueOf(1).empty());
  CHECK_OK(RunInTransaction(pool, [](pqxx::work& tx) { return Insert(tx, 1); }));
}

TEST_CASE("a single statement cut off is COMMIT_IN_DOUBT and is not sent again") {
  Counters counters;
  int runs = 0;

  const auto status = RunNonTransactional(counters.pool, [&](pqxx::nontransaction& tx) {
    ++runs;
    tx.exec1("SELECT pg_terminate_backend(pg_backend_pid())");
    return absl::OkStatus();
  });

  CHECK_CODE(status, absl::StatusCode::kUnavailable);
  CHECK(IsCommitInDoubt(status));
  CHECK(runs == 1);
}

}  // namespace
}  // namespace oshirase::postgres

#include <catch2/catch.hpp>
#include <thread>

#include "absl/time/clock.h"
#include "common/postgres/pg_status.h"
#include "common/postgres/pool.h"
#include "common/postgres/transaction.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_database.h"

namespace oshirase::postgres {
namespace {

using testing::Contents;
using testing::SharedPostgres;
using testing::TempDatabase;

absl::Status Insert(Pool& pool) {
  return RunInTransaction(pool, [](pqxx::work& tx) {
    tx.exec0("INSERT INTO rows VALUES (1)");
    return absl::OkStatus();
  });
}

TEST_CASE("a server killed and restarted costs an idle pool no failure and no commit") {
  TempDatabase database{Contents::kNothing};
  database.Query("CREATE TABLE rows (id int)");
  Pool pool({.url = database.superuser_url()});
  REQUIRE_OK(Insert(pool));

  SharedPostgres().Kill();
  SharedPostgres().Start();

  CHECK_OK(Insert(pool));
  CHECK(database.Query("SELECT count(*) FROM rows") == "2");
}

TEST_CASE("a server that is down is UNAVAILABLE at once") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url()});
  SharedPostgres().Stop();

  const absl::Time begin = absl::Now();
  const auto status = pool.Ping(absl::Now() + absl::Seconds(3));
  const absl::Duration taken = absl::Now() - begin;

  SharedPostgres().Start();
  CHECK_CODE(status, absl::StatusCode::kUnavailable);
  CHECK(taken < absl::Seconds(2));
  CHECK_OK(pool.Ping(absl::Now() + absl::Seconds(3)));
}

TEST_CASE("a server killed in the middle of a transaction leaves nothing behind") {
  TempDatabase database{Contents::kNothing};
  database.Query("CREATE TABLE rows (id int)");
  Pool pool({.url = database.superuser_url()});

  const auto status = RunInTransaction(pool, [](pqxx::work& tx) {
    tx.exec0("INSERT INTO rows VALUES (1)");
    SharedPostgres().Kill();
    tx.exec0("INSERT INTO rows VALUES (2)");
    return absl::OkStatus();
  });

  SharedPostgres().Start();
  CHECK_CODE(status, absl::StatusCode::kUnavailable);
  CHECK_FALSE(IsCommitInDoubt(status));
  CHECK(database.Query("SELECT count(*) FROM rows") == "0");
}

TEST_CASE("a server killed before the answer to COMMIT leaves the commit in doubt") {
  TempDatabase database{Contents::kNothing};
  database.Query("CREATE TABLE rows (id int)");
  Pool pool({.url = database.superuser_url()});

  const auto status = RunInTransaction(pool, [](pqxx::work& tx) {
    tx.exec0("INSERT INTO rows VALUES (1)");
    SharedPostgres().Kill();
    return absl::OkStatus();
  });

  SharedPostgres().Start();
  CHECK(IsCommitInDoubt(status));
}

TEST_CASE("a server that stands still is given up after the hold limit") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url(), .hold_limit = absl::Milliseconds(500)});
  REQUIRE_OK(pool.Ping(absl::Now() + absl::Seconds(3)));

  SharedPostgres().Freeze();
  const absl::Time begin = absl::Now();
  const auto status = pool.Ping(absl::Now() + absl::Seconds(3));
  const absl::Duration taken = absl::Now() - begin;
  SharedPostgres().Resume();

  CHECK_CODE(status, absl::StatusCode::kUnavailable);
  CHECK(taken >= absl::Milliseconds(500));
  CHECK(taken < absl::Seconds(5));
  CHECK_OK(pool.Ping(absl::Now() + absl::Seconds(3)));
}

TEST_CASE("a holder that never asks the server loses its connection at the hold limit") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url(), .hold_limit = absl::Milliseconds(50)});

  const auto status = RunInTransaction(pool, [](pqxx::work& tx) {
    tx.exec1("SELECT 1");
    absl::SleepFor(absl::Milliseconds(200));
    tx.exec1("SELECT 1");
    return absl::OkStatus();
  });

  CHECK_CODE(status, absl::StatusCode::kUnavailable);
}

// A standby that never comes, and one session whose wait for it is cancelled: what an operator, or
// an orderly stop of the server, does.
class NoStandby {
 public:
  NoStandby() { SharedPostgres().Configure("synchronous_standby_names", "nobody"); }
  ~NoStandby() { SharedPostgres().Configure("synchronous_standby_names", ""); }

  // Runs `write` while another thread cancels whatever waits for replication.
  static absl::Status CancelWaitOf(Pool& pool, absl::Status (*write)(Pool&)) {
    std::thread canceller([] {
      const std::string cancel =
          "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
      while (SharedPostgres().Query("postgres", cancel) == "0") {
        absl::SleepFor(absl::Milliseconds(5));
      }
    });
    auto status = write(pool);
    canceller.join();
    return status;
  }
};

TEST_CASE("a commit that might not have been replicated is not reported as OK") {
  TempDatabase database{Contents::kNothing};
  database.Query("CREATE TABLE rows (id int)");
  Pool pool({.url = database.superuser_url(), .size = 1});
  {
    const NoStandby no_standby;
    CHECK(IsCommitInDoubt(NoStandby::CancelWaitOf(pool, &Insert)));
  }

  CHECK(database.Query("SELECT count(*) FROM rows") == "1");
  CHECK_OK(Insert(pool));
}

TEST_CASE("a single statement that might not have been replicated is not reported as OK") {
  TempDatabase database{Contents::kNothing};
  database.Query("CREATE TABLE rows (id int)");
  Pool pool({.url = database.superuser_url(), .size = 1});
  const NoStandby no_standby;

  const auto status = NoStandby::CancelWaitOf(pool, [](Pool& used) {
    return RunNonTransactional(used, [](pqxx::nontransaction& tx) {
      tx.exec0("INSERT INTO rows VALUES (1)");
      return absl::OkStatus();
    });
  });

  CHECK(IsCommitInDoubt(status));
}

TEST_CASE("a commit that waits for a standby for ever is given up at the hold limit") {
  TempDatabase database{Contents::kNothing};
  database.Query("CREATE TABLE rows (id int)");
  Pool pool({.url = database.superuser_url(), .hold_limit = absl::Seconds(1)});
  const NoStandby no_standby;

  const auto status = Insert(pool);

  CHECK(IsCommitInDoubt(status));
}

TEST_CASE("an ordinary warning does not put a commit in doubt") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url()});

  CHECK_OK(RunInTransaction(pool, [](pqxx::work& tx) {
    tx.exec0("DO $$ BEGIN RAISE WARNING 'this might not have been replicated'; END $$");
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace oshirase::postgres

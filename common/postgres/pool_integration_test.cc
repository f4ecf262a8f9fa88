#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "common/postgres/pool.h"
#include "common/postgres/transaction.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_database.h"

namespace oshirase::postgres {
namespace {

using testing::Contents;
using testing::TempDatabase;

absl::Time In(absl::Duration duration) { return absl::Now() + duration; }

std::string Show(Pool& pool, const std::string& setting) {
  std::string value;
  CHECK_OK(RunNonTransactional(pool, [&](pqxx::nontransaction& tx) {
    value = tx.exec1("SHOW " + setting)[0].as<std::string>();
    return absl::OkStatus();
  }));
  return value;
}

TEST_CASE("a pool in use up to its size is RESOURCE_EXHAUSTED at the deadline") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url(), .size = 1});
  auto only = pool.Acquire(In(absl::Seconds(3)));
  REQUIRE_OK(only);

  const absl::Time begin = absl::Now();
  const auto second = pool.Acquire(In(absl::Milliseconds(60)));

  CHECK_CODE(second, absl::StatusCode::kResourceExhausted);
  CHECK(absl::Now() - begin >= absl::Milliseconds(60));
}

TEST_CASE("who waits gets the connection that comes free") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url(), .size = 1});
  auto lease = pool.Acquire(In(absl::Seconds(3)));
  REQUIRE_OK(lease);
  const int backend = lease->connection().backendpid();

  std::thread holder([held = *std::move(lease)]() mutable {
    absl::SleepFor(absl::Milliseconds(30));
    const Lease ended = std::move(held);
  });
  auto next = pool.Acquire(In(absl::Seconds(3)));
  holder.join();

  REQUIRE_OK(next);
  CHECK(next->connection().backendpid() == backend);
}

TEST_CASE("an idle connection that the server closed is replaced before it is lent") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url(), .size = 1});
  REQUIRE_OK(pool.Ping(In(absl::Seconds(3))));
  database.Query(
      "SELECT pg_terminate_backend(pid, 3000) FROM pg_stat_activity"
      " WHERE datname = current_database() AND pid <> pg_backend_pid()");

  CHECK_OK(pool.Ping(In(absl::Seconds(3))));
}

TEST_CASE("a discarded connection is closed, not lent again") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url(), .size = 1});
  int first = 0;
  {
    auto lease = pool.Acquire(In(absl::Seconds(3)));
    REQUIRE_OK(lease);
    first = lease->connection().backendpid();
    lease->Discard();
  }

  auto lease = pool.Acquire(In(absl::Seconds(3)));
  REQUIRE_OK(lease);
  CHECK(lease->connection().backendpid() != first);
}

TEST_CASE("a lost connection stays lost for its holder") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url(), .size = 1});
  auto lease = pool.Acquire(In(absl::Seconds(3)));
  REQUIRE_OK(lease);
  {
    pqxx::nontransaction transaction(lease->connection());
    CHECK_THROWS_AS(transaction.exec0("SELECT pg_terminate_backend(pg_backend_pid())"),
                    pqxx::broken_connection);
    CHECK_THROWS_AS(transaction.exec1("SELECT 1"), pqxx::broken_connection);
  }

  CHECK_THROWS_AS(pqxx::work(lease->connection()), pqxx::broken_connection);
}

TEST_CASE("a connection given back inside a transaction is not lent again") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url(), .size = 1});
  {
    auto lease = pool.Acquire(In(absl::Seconds(3)));
    REQUIRE_OK(lease);
    pqxx::nontransaction(lease->connection()).exec0("BEGIN");
  }

  auto lease = pool.Acquire(In(absl::Seconds(3)));
  REQUIRE_OK(lease);
  pqxx::nontransaction transaction(lease->connection());
  CHECK(transaction.exec1("SELECT now() = statement_timestamp()")[0].as<bool>());
}

TEST_CASE("a login that the server refuses is UNAVAILABLE and frees its place") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.Url("nobody_of_that_name"), .size = 1});

  CHECK_CODE(pool.Ping(In(absl::Seconds(3))), absl::StatusCode::kUnavailable);
  CHECK_CODE(pool.Ping(In(absl::Seconds(3))), absl::StatusCode::kUnavailable);
}

TEST_CASE("the statements of the set-up hook are there on every new connection") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url(), .size = 1, .set_up = [](pqxx::connection_base& c) {
               c.prepare("answer", "SELECT $1::int + 1");
             }});
  const auto ask = [&] {
    return RunNonTransactional(pool, [](pqxx::nontransaction& tx) {
      return tx.exec_prepared1("answer", 41)[0].as<int>() == 42 ? absl::OkStatus()
                                                                : absl::InternalError("wrong");
    });
  };

  CHECK_OK(ask());
  pool.Acquire(In(absl::Seconds(3)))->Discard();
  CHECK_OK(ask());
}

TEST_CASE("a set-up hook that throws fails the call and not the process") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url(),
             .set_up = [](pqxx::connection_base& c) { c.prepare_now("never defined"); }});

  CHECK_CODE(pool.Ping(In(absl::Seconds(3))), absl::StatusCode::kInternal);
}

TEST_CASE("every session has the settings that durability and parsing rest on") {
  TempDatabase database{Contents::kNothing};
  Pool pool({.url = database.superuser_url()});

  CHECK(Show(pool, "statement_timeout") == "3s");
  CHECK(Show(pool, "synchronous_commit") == "on");
  CHECK(Show(pool, "TimeZone") == "UTC");
  CHECK(Show(pool, "DateStyle") == "ISO, MDY");
  CHECK(Show(pool, "bytea_output") == "hex");
}

TEST_CASE("many threads share few connections") {
  TempDatabase database{Contents::kNothing};
  database.Query("CREATE TABLE rows (id int)");
  Pool pool({.url = database.superuser_url() + "&application_name=counted", .size = 3});
  std::atomic<int> failures = 0;

  std::vector<std::thread> threads;
  threads.reserve(16);
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 25; ++j) {
        const auto status = RunInTransaction(pool, [](pqxx::work& tx) {
          tx.exec0("INSERT INTO rows VALUES (1)");
          return absl::OkStatus();
        });
        if (!status.ok()) ++failures;
      }
    });
  }
  for (auto& thread : threads) thread.join();

  CHECK(failures == 0);
  CHECK(database.Query("SELECT count(*) FROM rows") == "400");
  CHECK(database.Query("SELECT count(*) <= 3 FROM pg_stat_activity"
                       " WHERE application_name = 'counted'") == "t");
}

}  // namespace
}  // namespace oshirase::postgres

#include <catch2/catch.hpp>

#include "common/postgres/pool.h"
#include "services/checkin/store/postgres_visit_store.h"
#include "services/checkin/testing/visit_store_contract.h"
#include "tests/support/temp_database.h"

namespace oshirase::checkin {
namespace {

struct World {
  testing::TempDatabase database;
  postgres::Pool pool{
      {.url = database.Url("oshirase_checkin"), .set_up = PostgresVisitStore::PrepareStatements}};
  PostgresVisitStore store{pool};
};

TEST_CASE("the Postgres visit store keeps the store's contract") {
  World world;
  CheckVisitStoreContract(world.store);
}

TEST_CASE("check-in's login role can neither delete visits nor make tables") {
  World world;
  REQUIRE_OK(world.store.EnsureDay(TestDay()));
  pqxx::connection connection(world.database.Url("oshirase_checkin"));
  pqxx::nontransaction statement(connection);

  CHECK_THROWS_AS(statement.exec("DELETE FROM checkin.visits"), pqxx::insufficient_privilege);
  CHECK_THROWS_AS(statement.exec("UPDATE checkin.visits SET hour = 0"),
                  pqxx::insufficient_privilege);
  CHECK_THROWS_AS(statement.exec("CREATE TABLE checkin.mine (i int)"),
                  pqxx::insufficient_privilege);
  CHECK_THROWS_AS(statement.exec("DROP TABLE checkin.visits"), pqxx::insufficient_privilege);
}

TEST_CASE("a visit acknowledged before the server was killed is there after it") {
  testing::TempPostgres postgres;
  testing::TempDatabase database(postgres);
  postgres::Pool pool(
      {.url = database.Url("oshirase_checkin"), .set_up = PostgresVisitStore::PrepareStatements});
  PostgresVisitStore store(pool);
  REQUIRE_OK(store.EnsureDay(TestDay()));
  REQUIRE_OK(store.Insert({TestVisit(1)}));

  postgres.Kill();
  CHECK_CODE(store.Insert({TestVisit(2)}), absl::StatusCode::kUnavailable);
  postgres.Start();

  const auto again = store.Insert({TestVisit(1), TestVisit(2)});
  REQUIRE_OK(again);
  CHECK(*again == std::vector<bool>{false, true});
}

}  // namespace
}  // namespace oshirase::checkin

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include "common/keyring/postgres_key_book.h"
#include "common/keyring/testing/fake_key_store.h"
#include "services/registry/domain/errors.h"
#include "services/registry/store/key_events.h"
#include "services/registry/store/postgres_audit_store.h"
#include "services/registry/store/postgres_business_store.h"
#include "services/registry/store/postgres_officer_store.h"
#include "services/registry/store/postgres_own_venue_store.h"
#include "services/registry/store/postgres_statement_store.h"
#include "services/registry/store/postgres_venue_store.h"
#include "services/registry/testing/example_venue.h"
#include "services/registry/testing/recording_mail_queue.h"
#include "services/registry/testing/release_scene.h"
#include "services/registry/testing/store_contracts.h"
#include "tests/support/temp_database.h"

namespace oshirase::registry {
namespace {

// The stores as the process has them, over a database of their own.
struct Stores {
  testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_registry"), .size = 2}};
  audit::AuditLog log{"registry", SystemClock()};
  RecordingMailQueue mails;
  PostgresVenueStore venues{pool, log, mails};
  PostgresBusinessStore businesses{pool, mails};
  PostgresOwnVenueStore own_venues{pool, log, mails};
  PostgresOfficerStore officers{pool, log};
  PostgresStatementStore statements{pool, log};
  PostgresAuditStore audit{pool, log};
  keyring::FakeKeyStore keys;
  keyring::PostgresKeyBook book =
      keyring::PostgresKeyBook::OfDays(pool, "registry", AuditKeyEvents(log));
};

template <typename Store, typename Pick>
void CheckContract(const Contract<Store>& contract, Pick pick) {
  for (const auto& each : contract) {
    DYNAMIC_SECTION(each.name) {
      Stores stores;
      each.run(pick(stores));
    }
  }
}

TEST_CASE("the venue store in Postgres keeps the contract") {
  CheckContract(
      VenueStoreContract(), [](Stores & stores) -> auto& { return stores.venues; });
}

void CheckBusinessContract(const Contract<BusinessStores>& contract) {
  for (const auto& each : contract) {
    DYNAMIC_SECTION(each.name) {
      Stores stores;
      BusinessStores picked{stores.businesses, stores.own_venues, stores.venues};
      each.run(picked);
    }
  }
}

TEST_CASE("the business store in Postgres keeps the contract") {
  CheckBusinessContract(BusinessStoreContract());
}

TEST_CASE("the store of a business's venues in Postgres keeps the contract") {
  CheckBusinessContract(OwnVenueStoreContract());
}

TEST_CASE("batches in Postgres are registered as the contract says") {
  CheckBusinessContract(VenueBatchContract());
}

TEST_CASE("the officer store in Postgres keeps the contract") {
  CheckContract(
      OfficerStoreContract(), [](Stores & stores) -> auto& { return stores.officers; });
}

TEST_CASE("the statement store in Postgres keeps the contract") {
  CheckContract(
      StatementStoreContract(), [](Stores & stores) -> auto& { return stores.statements; });
}

TEST_CASE("the audit store in Postgres keeps the contract") {
  CheckContract(
      AuditStoreContract(), [](Stores & stores) -> auto& { return stores.audit; });
}

TEST_CASE("what is done and its audit entry are one transaction") {
  Stores stores;
  // An action the log refuses: nothing of it may remain.
  auto note = ExampleNote();
  note.action = "Not An Action";
  const Venue venue = ExampleVenue(absl::Now());

  auto addition = ExampleAddition(venue);
  addition.note = note;
  CHECK_FALSE(stores.venues.Insert(addition).ok());
  CHECK_FALSE(stores.statements.RecordVoid(crypto::Sha256("a"), absl::Now(), note).ok());

  CHECK(stores.venues.BatchGet({venue.id})->empty());
  CHECK_FALSE(stores.statements.Find(crypto::Sha256("a"))->void_time.has_value());
  CHECK(stores.audit.List(0, 10)->empty());
}

TEST_CASE("the service's login may add to its records but not rewrite them") {
  Stores stores;
  REQUIRE(stores.venues.Insert(ExampleAddition(ExampleVenue(absl::Now()))).ok());
  pqxx::connection connection(stores.database.Url("oshirase_registry"));
  for (const auto* sql : {
           "DELETE FROM registry.audit_entries",
           "UPDATE registry.audit_entries SET actor = 'x'",
           "TRUNCATE registry.audit_entries",
           "DELETE FROM registry.audit_heads",
           "DELETE FROM registry.venues",
           "DELETE FROM registry.certificates",
           "UPDATE registry.certificates SET sheet = '{}'",
           "UPDATE registry.businesses SET email = 'x@example.com'",
           "DELETE FROM registry.venue_changes",
           "UPDATE registry.venue_changes SET actor = 'x'",
           "UPDATE registry.sessions SET business_id = business_id",
           "DELETE FROM registry.api_keys",
           "DELETE FROM registry.letters",
           "UPDATE registry.venues SET drill = true",
           "UPDATE registry.statements SET case_id = NULL",
           "DELETE FROM registry.statements",
           "DELETE FROM registry.officer_grants",
           "UPDATE registry.officer_keys SET officer_id = 'x'",
           "DELETE FROM registry.day_keys",
           "CREATE TABLE registry.x (y int)",
           "DROP TABLE registry.venues",
       }) {
    INFO(sql);
    pqxx::nontransaction tx(connection);
    CHECK_THROWS_AS(tx.exec(sql), pqxx::insufficient_privilege);
  }
}

TEST_CASE("the same bytes are released again after a restart, over the real stores") {
  Stores stores;
  ReleaseScene scene({.venues = stores.venues,
                      .officers = stores.officers,
                      .statements = stores.statements,
                      .audit = stores.audit,
                      .keys = stores.keys,
                      .book = stores.book});
  const auto request = scene.Signed(scene.Case({scene.AddVenue(), scene.AddVenue()}));

  const auto first = scene.Release(request);
  REQUIRE(first.ok());
  scene.Restart();
  const auto again = scene.Release(request);

  REQUIRE(again.ok());
  CHECK(again->end_time == first->end_time);
  CHECK(again->venues[1].hours[0].private_key == first->venues[1].hours[0].private_key);
  CHECK(stores.database.Query("SELECT count(*) FROM registry.audit_entries "
                              "WHERE action = 'release.granted'") == "2");
  CHECK(stores.database.Query("SELECT count(*) FROM registry.statements") == "1");
}

TEST_CASE("a refusal over the real stores is audited with its reason and releases nothing") {
  Stores stores;
  ReleaseScene scene({.venues = stores.venues,
                      .officers = stores.officers,
                      .statements = stores.statements,
                      .audit = stores.audit,
                      .keys = stores.keys,
                      .book = stores.book});
  auto request = scene.Signed(scene.Case({scene.AddVenue()}));
  request.signatures.pop_back();

  CHECK(ReasonOf(scene.Release(request).status()) == "SIGNATURE_MISSING");

  CHECK(stores.database.Query("SELECT detail::jsonb ->> 'reason' FROM registry.audit_entries "
                              "WHERE action = 'release.refused'") == "SIGNATURE_MISSING");
  CHECK(stores.database.Query("SELECT count(*) FROM registry.statements") == "0");
}

TEST_CASE("a database that is gone is UNAVAILABLE for every store") {
  testing::TempPostgres server;
  testing::TempDatabase database(server);
  postgres::Pool pool({.url = database.Url("oshirase_registry"), .size = 2});
  const audit::AuditLog log("registry", SystemClock());
  const RecordingMailQueue mails;
  PostgresVenueStore venues(pool, log, mails);
  PostgresOfficerStore officers(pool, log);
  PostgresStatementStore statements(pool, log);
  PostgresAuditStore audit(pool, log);
  REQUIRE(audit.Append(ExampleNote()).ok());
  server.Kill();

  CHECK(absl::IsUnavailable(venues.FindByCode(ids::NewVenueCode().value, absl::Now()).status()));
  CHECK(absl::IsUnavailable(venues.Insert(ExampleAddition(ExampleVenue(absl::Now()))).status()));
  CHECK(absl::IsUnavailable(officers.Find("ann").status()));
  CHECK(absl::IsUnavailable(statements.Find(crypto::Sha256("a")).status()));
  CHECK(absl::IsUnavailable(audit.Append(ExampleNote())));

  server.Start();
  CHECK(audit.Append(ExampleNote()).ok());
}

}  // namespace
}  // namespace oshirase::registry

#include "services/registry/store/postgres_mail_outbox.h"

#include <catch2/catch.hpp>
#include <mutex>
#include <set>
#include <thread>

#include "common/ids/uuid.h"
#include "common/postgres/transaction.h"
#include "services/registry/testing/mail_outbox_contract.h"
#include "services/registry/testing/mail_scene.h"
#include "tests/support/temp_database.h"

namespace oshirase::registry {
namespace {

struct Store {
  testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_registry"), .size = 4}};
  PostgresMailOutbox outbox{pool};
};

TEST_CASE("the mail outbox in Postgres keeps the contract") {
  for (const auto& each : MailOutboxContract()) {
    DYNAMIC_SECTION(each.name) {
      Store store;
      each.run(store.outbox);
    }
  }
}

TEST_CASE("a mail is there if and only if the transaction it belongs to is") {
  Store store;
  MailScene scene;
  const OutboxMail mail = *scene.sealer.Seal(scene.Link());
  const auto enqueue = [&](const absl::Status& end) {
    return postgres::RunInTransaction(store.pool, [&](pqxx::work& tx) {
      EnqueueMail(tx, mail);
      return end;
    });
  };

  CHECK_FALSE(enqueue(absl::AbortedError("no")).ok());
  CHECK_FALSE(store.outbox.NextClaimTime()->has_value());
  CHECK(enqueue(absl::OkStatus()).ok());
  CHECK(store.outbox.NextClaimTime()->has_value());
}

TEST_CASE("the database holds no address, link or name, and no letter once it is sent") {
  Store store;
  MailScene scene;
  REQUIRE(store.outbox.Enqueue(*scene.sealer.Seal(scene.Link())).ok());
  const std::string row = store.database.Query(
      "SELECT encode(convert_to(m::text, 'UTF8') || sealed_letter, 'escape') "
      "FROM registry.mail_outbox m");
  for (const char* secret : {"owner", "example", "secret"})
    CHECK(row.find(secret) == std::string::npos);

  const auto claimed =
      store.outbox.Claim({.now = scene.clock(), .lease = absl::Minutes(1)}).value().at(0);
  REQUIRE(store.outbox
              .End({.mail_id = claimed.mail.mail_id,
                    .lease_id = claimed.lease_id,
                    .outcome = MailEnd::Outcome::kSent,
                    .now = scene.clock()})
              .ok());

  CHECK(store.database.Query("SELECT state || (sealed_letter IS NULL) FROM registry.mail_outbox") ==
        "SENTtrue");
}

TEST_CASE("workers that claim at once never get the same mail") {
  Store store;
  MailScene scene;
  constexpr int kMails = 60;
  for (int i = 0; i < kMails; ++i)
    REQUIRE(store.outbox.Enqueue(*scene.sealer.Seal(scene.Link())).ok());
  std::mutex mu;
  std::multiset<std::string> claimed;
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([&] {
      for (;;) {
        const auto mails = store.outbox.Claim({.now = scene.clock(), .lease = absl::Minutes(1)});
        if (!mails.ok() || mails->empty()) return;
        const std::lock_guard lock(mu);
        for (const auto& each : *mails) claimed.insert(each.mail.mail_id);
      }
    });
  }
  for (auto& worker : workers) worker.join();

  CHECK(claimed.size() == kMails);
  CHECK(std::set(claimed.begin(), claimed.end()).size() == kMails);
}

TEST_CASE("mails of a kind that only a newer binary knows are left to it") {
  Store store;
  MailScene scene;
  store.database.Query(
      "INSERT INTO registry.mail_outbox (mail_id, kind, sealed_letter, create_time, expire_time, "
      "claim_time) VALUES (gen_random_uuid(), 'POSTCARD', 'x', now(), now(), '2020-01-01')");

  CHECK(store.outbox.Claim({.now = absl::Now(), .lease = absl::Minutes(1)})->empty());
  CHECK_FALSE(store.outbox.NextClaimTime()->has_value());
  CHECK(store.outbox.Figures()->queued.empty());
}

TEST_CASE("the service's login may settle a mail but not rewrite it") {
  Store store;
  MailScene scene;
  REQUIRE(store.outbox.Enqueue(*scene.sealer.Seal(scene.Link())).ok());
  pqxx::connection connection(store.database.Url("oshirase_registry"));
  for (const auto* sql : {"UPDATE registry.mail_outbox SET kind = 'UPKEEP_LINK'",
                          "UPDATE registry.mail_outbox SET expire_time = now()",
                          "UPDATE registry.mail_outbox SET mail_id = gen_random_uuid()",
                          "TRUNCATE registry.mail_outbox"}) {
    INFO(sql);
    pqxx::nontransaction tx(connection);
    CHECK_THROWS_AS(tx.exec(sql), pqxx::insufficient_privilege);
  }
}

TEST_CASE("claiming stays quick with fifty thousand mails waiting") {
  Store store;
  store.database.Query(
      "INSERT INTO registry.mail_outbox (mail_id, kind, sealed_letter, create_time, expire_time, "
      "claim_time) SELECT gen_random_uuid(), 'CERTIFICATE_ISSUED', 'x', now(), "
      "now() + interval '3 days', now() - interval '1 hour' FROM generate_series(1, 50000)");
  store.database.Query("ANALYZE registry.mail_outbox");
  MailScene scene;
  scene.seconds = absl::ToUnixSeconds(absl::Now());
  const OutboxMail link = *scene.sealer.Seal(scene.Link());
  REQUIRE(store.outbox.Enqueue(link).ok());

  const absl::Time start = absl::Now();
  const auto first = store.outbox.Claim({.now = absl::Now(), .lease = absl::Minutes(1)});
  for (int i = 0; i < 50; ++i)
    REQUIRE(store.outbox.Claim({.now = absl::Now(), .lease = absl::Minutes(1)})->size() == 1);

  CHECK(first->at(0).mail.mail_id == link.mail_id);
  // 0.4 ms each on a quiet machine; a scan of the whole queue would take twenty.
  CHECK((absl::Now() - start) / 51 < absl::Milliseconds(10));
}

TEST_CASE(
    "a database that is gone is UNAVAILABLE, and what was in the outbox is there afterwards") {
  testing::TempPostgres server;
  testing::TempDatabase database(server);
  postgres::Pool pool({.url = database.Url("oshirase_registry"), .size = 2});
  PostgresMailOutbox outbox(pool);
  MailScene scene;
  REQUIRE(outbox.Enqueue(*scene.sealer.Seal(scene.Link())).ok());
  server.Kill();

  CHECK(absl::IsUnavailable(outbox.Enqueue(*scene.sealer.Seal(scene.Link()))));
  CHECK(absl::IsUnavailable(outbox.Claim({.now = absl::Now(), .lease = {}}).status()));
  CHECK(absl::IsUnavailable(outbox.NextClaimTime().status()));
  CHECK(absl::IsUnavailable(outbox.End({.mail_id = ids::NewUuid(), .lease_id = ids::NewUuid()})));
  CHECK(absl::IsUnavailable(outbox.ForgetSettled(absl::Now()).status()));
  CHECK(absl::IsUnavailable(outbox.Figures().status()));

  server.Start();
  CHECK(outbox.Figures()->queued.size() == 1);
}

}  // namespace
}  // namespace oshirase::registry

#include "services/registry/store/letter_queue.h"

#include <catch2/catch.hpp>

#include "common/keyring/postgres_key_book.h"
#include "common/keyring/testing/fake_key_store.h"
#include "common/postgres/transaction.h"
#include "services/registry/store/key_events.h"
#include "services/registry/store/postgres_mail_outbox.h"
#include "tests/support/temp_database.h"

namespace oshirase::registry {
namespace {

struct Scene {
  OutgoingMail Mail() const {
    return {.to = "poem@example.com",
            .content = UpkeepLinkMail{.link_token = std::string(43, 'x'),
                                      .link_expire_time = absl::Now() + absl::Minutes(30)}};
  }
  std::string Queued() { return database.Query("SELECT count(*) FROM registry.mail_outbox"); }

  testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_registry"), .size = 4}};
  audit::AuditLog log{"registry", SystemClock()};
  keyring::FakeKeyStore keys;
  keyring::PostgresKeyBook book =
      keyring::PostgresKeyBook::OfDays(pool, "registry", AuditKeyEvents(log));
  keyring::Keyring ring{keys, book, SystemClock()};
  keyring::DayKeys mail_keys{ring, kMailKey};
  LetterSealer sealer{mail_keys, SystemClock()};
  int wakes = 0;
  LetterQueue queue{sealer, {"https://oshirase.example.jp", "@oshirase"}, [this] { ++wakes; }};
};

TEST_CASE("a mail is in the outbox if its transaction is committed, sealed, and only then") {
  Scene scene;
  auto mail = scene.queue.Prepare(scene.Mail());
  REQUIRE(mail.ok());
  const auto enqueue = [&](const absl::Status& end) {
    return postgres::RunInTransaction(scene.pool, [&](pqxx::work& tx) {
      (*mail)->Enqueue(tx);
      return end;
    });
  };

  CHECK_FALSE(enqueue(absl::AbortedError("rolled back")).ok());
  CHECK(scene.Queued() == "0");
  REQUIRE(enqueue(absl::OkStatus()).ok());
  CHECK(scene.Queued() == "1");

  const auto claimed = PostgresMailOutbox(scene.pool)
                           .Claim({.now = absl::Now(), .lease = absl::Minutes(1), .limit = 1});
  REQUIRE(claimed.ok());
  REQUIRE(claimed->size() == 1);
  CHECK(claimed->front().mail.sealed_letter.find("poem") == std::string::npos);
  CHECK(scene.sealer.Open(claimed->front().mail)->to == "poem@example.com");
}

TEST_CASE("a mail that can never be sent is told before anything is written") {
  Scene scene;
  auto mail = scene.Mail();
  mail.to = "nobody";
  CHECK(absl::IsInvalidArgument(scene.queue.Prepare(mail).status()));
}

TEST_CASE("the dispatcher is woken when told so") {
  Scene scene;
  scene.queue.Wake();
  CHECK(scene.wakes == 1);
}

}  // namespace
}  // namespace oshirase::registry

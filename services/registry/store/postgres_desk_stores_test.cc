#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "common/ids/public_number.h"
#include "services/registry/store/postgres_api_key_store.h"
#include "services/registry/store/postgres_audit_store.h"
#include "services/registry/store/postgres_business_store.h"
#include "services/registry/store/postgres_letter_store.h"
#include "services/registry/store/postgres_own_venue_store.h"
#include "services/registry/store/postgres_public_venue_store.h"
#include "services/registry/store/postgres_venue_store.h"
#include "services/registry/testing/desk_contracts.h"
#include "services/registry/testing/example_business.h"
#include "services/registry/testing/recording_mail_queue.h"
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
  PostgresLetterStore letters{pool, log, mails};
  PostgresApiKeyStore api_keys{pool, log};
  PostgresPublicVenueStore published{pool, "/tmp"};
  PostgresAuditStore audit{pool, log};
};

void CheckDeskContract(const Contract<DeskStores>& contract) {
  for (const auto& each : contract) {
    DYNAMIC_SECTION(each.name) {
      Stores stores;
      DeskStores picked{stores.letters, stores.api_keys, stores.businesses, stores.audit};
      each.run(picked);
    }
  }
}

TEST_CASE("the letter store in Postgres keeps the contract") {
  CheckDeskContract(LetterStoreContract());
}

TEST_CASE("the store of API keys in Postgres keeps the contract") {
  CheckDeskContract(ApiKeyStoreContract());
}

TEST_CASE("the store of what anybody may see in Postgres keeps the contract") {
  for (const auto& each : PublicVenueStoreContract()) {
    DYNAMIC_SECTION(each.name) {
      Stores stores;
      BusinessStores of_business{stores.businesses, stores.own_venues, stores.venues};
      PublicStores picked{stores.published, of_business};
      each.run(picked);
    }
  }
}

DeskLetter AnEnquiry() {
  return {.number = ids::NewPublicNumber().value,
          .kind = LetterKind::kEnquiry,
          .create_time = kExampleNow,
          .email = "poem@example.com",
          .name = "詩織",
          .subject = "QR",
          .report_subject = std::nullopt,
          .certificate_number = "",
          .place = "",
          .text = "印刷できません。"};
}

OutgoingMail MailOf(const DeskLetter& letter) {
  return {.to = letter.email,
          .content = EnquiryReceivedMail{.enquiry_number = letter.number,
                                         .receive_time = letter.create_time}};
}

NewDeskLetter AsNew(const DeskLetter& letter) {
  return {.request_id = ids::NewUuid(),
          .letter = letter,
          .acknowledgement = Acknowledgement{.mail = MailOf(letter), .limit = ExampleLimit()}};
}

LetterClosing Closing(const DeskLetter& letter) {
  return {.number = letter.number,
          .answer = "お答えします。",
          .closed_by = "officer/desk-a",
          .now = kExampleNow,
          .note = ExampleNote("letter.closed"),
          .mails = {MailOf(letter)}};
}

TEST_CASE("a letter and its mails are one transaction, and a repeat mails nothing") {
  Stores stores;
  const DeskLetter letter = AnEnquiry();
  const NewDeskLetter kept = AsNew(letter);
  stores.mails.BreakNext();
  CHECK_FALSE(stores.letters.Keep(kept).ok());
  CHECK_FALSE(stores.letters.Find(letter.number)->has_value());
  CHECK(stores.database.Query("SELECT count(*) FROM registry.mail_requests") == "0");

  REQUIRE(stores.letters.Keep(kept).ok());
  REQUIRE(stores.letters.Keep(kept).ok());
  CHECK(stores.mails.mails().size() == 1);

  stores.mails.BreakNext();
  CHECK_FALSE(stores.letters.Close(Closing(letter)).ok());
  CHECK_FALSE((*stores.letters.Find(letter.number))->close_time.has_value());
  REQUIRE(stores.letters.Close(Closing(letter)).ok());
  REQUIRE(stores.letters.Close(Closing(letter)).ok());
  CHECK(stores.mails.mails().size() == 2);
}

TEST_CASE("what the desk sees and does is not, where the audit log refuses its entry") {
  Stores stores;
  const DeskLetter letter = AnEnquiry();
  REQUIRE(stores.letters.Keep(AsNew(letter)).ok());
  const AuditNote bad = ExampleNote("Not An Action");
  LetterClosing closing = Closing(letter);
  closing.note = bad;
  const Token secret = NewApiKey();
  const NewApiKeyRecord key{.request_id = ids::NewUuid(),
                            .record = {.id = ids::NewUuid(),
                                       .email = "poem@example.com",
                                       .label = "予約",
                                       .create_time = kExampleNow,
                                       .revoke_time = std::nullopt},
                            .secret_hash = secret.hash,
                            .note = bad};

  CHECK_FALSE(stores.letters.List({.limit = 10}, bad).ok());
  CHECK_FALSE(stores.letters.Close(closing).ok());
  CHECK_FALSE((*stores.letters.Find(letter.number))->close_time.has_value());
  CHECK_FALSE(stores.api_keys.Insert(key).ok());
  CHECK_FALSE(stores.businesses.FindApiKey(secret.hash)->has_value());
  CHECK_FALSE(stores.api_keys.List(std::nullopt, 10, bad).ok());
}

TEST_CASE("the log tells which letters and keys were shown, and nothing that stands in them") {
  Stores stores;
  const DeskLetter letter = AnEnquiry();
  REQUIRE(stores.letters.Keep(AsNew(letter)).ok());
  REQUIRE(stores.letters.List({.limit = 10}, ExampleNote("letters.listed")).ok());
  REQUIRE(stores.letters.Close(Closing(letter)).ok());
  REQUIRE(stores.letters.Close(Closing(letter)).ok());

  CHECK(stores.database.Query("SELECT detail FROM registry.audit_entries WHERE seq = 1") ==
        absl::StrCat(R"({"shown":[")", letter.number, R"("]})"));
  CHECK(stores.database.Query("SELECT string_agg(detail, ' ' ORDER BY seq) "
                              "FROM registry.audit_entries WHERE seq > 1") ==
        R"({} {"repeated":true})");
}

TEST_CASE("of an API key only the hash is kept") {
  Stores stores;
  const Token secret = NewApiKey();
  REQUIRE(stores.api_keys
              .Insert({.request_id = ids::NewUuid(),
                       .record = {.id = ids::NewUuid(),
                                  .email = "poem@example.com",
                                  .label = "予約",
                                  .create_time = kExampleNow,
                                  .revoke_time = std::nullopt},
                       .secret_hash = secret.hash,
                       .note = ExampleNote("api-key.issued")})
              .ok());

  CHECK(stores.database.Query("SELECT count(*) FROM registry.api_keys AS k WHERE k::text LIKE "
                              "'%" +
                              secret.text.substr(4) + "%'") == "0");
  CHECK(stores.database.Query("SELECT secret_hash = sha256('" + secret.text +
                              "') FROM registry.api_keys") == "t");
}

TEST_CASE("a venue without a certificate that holds is not listed, and an inspection shows") {
  Stores stores;
  auto details = ExampleDetails();
  details.listed = true;
  const Venue venue = ExampleVenue(kExampleNow, details);
  const auto addition = ExampleAddition(venue);
  REQUIRE(stores.venues.Insert(addition).ok());
  stores.database.Query("UPDATE registry.venues SET inspect_time = '2020-12-10T06:00:00Z'");
  const ListedQuery all{.words = {}, .whole = "", .kind = "", .offset = 0, .limit = 10};
  const absl::Time inspected = absl::FromUnixSeconds(1'607'580'000);

  CHECK(stores.published.Search(all)->venues.at(0).inspect_time == inspected);
  CHECK((*stores.published.FindCertificate(addition.certificate.number))->inspect_time ==
        inspected);
  stores.database.Query("UPDATE registry.certificates SET state = 'withdrawn', end_time = now()");
  CHECK(stores.published.Search(all)->match_count == 0);
  CHECK((*stores.published.FindCertificate(addition.certificate.number))->certificate.state ==
        CertificateState::kWithdrawn);
  int batches = 0;
  CHECK(stores.published
            .ReadListed(10,
                        [&](std::span<const ListedVenue>) {
                          ++batches;
                          return absl::OkStatus();
                        })
            .ok());
  CHECK(batches == 0);
}

TEST_CASE(
    "venues are read as they were at one moment, and wait for a slow reader without a "
    "connection") {
  Stores stores;
  auto details = ExampleDetails();
  details.listed = true;
  for (int i = 0; i < 1200; ++i) {
    details.name = absl::StrCat(i, "号店 \"\\\n");
    const Venue venue = ExampleVenue(kExampleNow, details);
    REQUIRE(stores.venues.Insert(ExampleAddition(venue)).ok());
  }
  size_t read = 0;
  const auto done = stores.published.ReadListed(50, [&](std::span<const ListedVenue> venues) {
    if (read == 0) {
      // Both connections of the pool can be had.
      auto one = stores.pool.Acquire(absl::Now() + absl::Seconds(1));
      auto other = stores.pool.Acquire(absl::Now() + absl::Seconds(1));
      CHECK(one.ok());
      CHECK(other.ok());
      stores.database.Query("UPDATE registry.venues SET name = '後の名', listed = false");
    }
    for (const auto& venue : venues) CHECK(venue.name.ends_with("号店 \"\\\n"));
    read += venues.size();
    return absl::OkStatus();
  });

  CHECK(done.ok());
  CHECK(read == 1200);
}

TEST_CASE("a database that is gone, or a disk without room, is told") {
  testing::TempPostgres server;
  testing::TempDatabase database(server);
  postgres::Pool pool({.url = database.Url("oshirase_registry"), .size = 2});
  const audit::AuditLog log("registry", SystemClock());
  const RecordingMailQueue mails;
  PostgresLetterStore letters(pool, log, mails);
  PostgresApiKeyStore api_keys(pool, log);
  PostgresPublicVenueStore published(pool, "/nowhere");
  const auto take = [](std::span<const ListedVenue>) { return absl::OkStatus(); };
  CHECK(absl::IsResourceExhausted(published.ReadListed(50, take)));
  server.Kill();

  CHECK(absl::IsUnavailable(letters.Keep(AsNew(AnEnquiry())).status()));
  CHECK(absl::IsUnavailable(letters.List({.limit = 10}, ExampleNote()).status()));
  CHECK(absl::IsUnavailable(letters.Close(Closing(AnEnquiry())).status()));
  CHECK(absl::IsUnavailable(api_keys.List(std::nullopt, 10, ExampleNote()).status()));
  CHECK(absl::IsUnavailable(api_keys.Revoke(ids::NewUuid(), kExampleNow, ExampleNote()).status()));
  CHECK(absl::IsUnavailable(published.FindCertificate(ids::NewPublicNumber().value).status()));
  CHECK(absl::IsUnavailable(published.Search({.limit = 10}).status()));
  CHECK(absl::IsUnavailable(published.ReadListed(50, take)));
}

}  // namespace
}  // namespace oshirase::registry

#include <catch2/catch.hpp>
#include <thread>

#include "common/keyring/directory_key_store.h"
#include "common/keyring/keyring.h"
#include "common/keyring/postgres_key_book.h"
#include "common/keyring/testing/key_book_contract.h"
#include "common/keyring/testing/temp_directory.h"
#include "common/status/errors.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_database.h"

namespace oshirase::keyring {
namespace {

using crypto::SecretKey;

const KeyName kName{kInnerKey, "2020-12-01"};
constexpr absl::Time kNow = absl::FromUnixSeconds(1606780800);

// The notifier's own book, as its login role sees it.
struct World {
  oshirase::testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_notifier"), .size = 8}};
  std::vector<std::string> events;
  absl::Status hook_status;

  PostgresKeyBook Days() {
    return PostgresKeyBook::OfDays(pool, "notifier", [this](pqxx::work& tx, const KeyEvent& event) {
      tx.exec1("SELECT 1");
      events.push_back(std::string(NameOf(event.kind)) + " " + Describe(event.name));
      return hook_status;
    });
  }
};

KeyRecord RecordOf(const SecretKey& key) {
  return {.name = kName, .fingerprint = FingerprintOf(key), .made_at = kNow, .destroyed_at = {}};
}

TEST_CASE("Postgres keeps the contract of a key book, for days and for names") {
  World world;
  PostgresKeyBook days = world.Days();
  CheckKeyBookContract(days, "2020-11-30", "2020-12-01");
  PostgresKeyBook names = PostgresKeyBook::OfNames(world.pool, "notifier", nullptr);
  CheckKeyBookContract(names, "00112233-4455-4677-8899-aabbccddeeff", "current");
}

TEST_CASE("a book of days takes no other labels") {
  World world;
  PostgresKeyBook days = world.Days();
  const KeyName bad{kInnerKey, "current"};
  KeyRecord record = RecordOf(SecretKey::Random());
  record.name = bad;
  CHECK(ReasonOf(days.Find(bad).status()) == "INVALID_KEY_NAME");
  CHECK(ReasonOf(days.Record(record).status()) == "INVALID_KEY_NAME");
  CHECK(ReasonOf(days.MarkDestroyed(bad, kNow)) == "INVALID_KEY_NAME");
  CHECK(ReasonOf(days.Replace(record.fingerprint, record)) == "INVALID_KEY_NAME");
}

TEST_CASE("each change is told once, inside its transaction") {
  World world;
  PostgresKeyBook days = world.Days();
  const SecretKey lost = SecretKey::Random();
  for (int again = 0; again < 2; ++again) REQUIRE_OK(days.Record(RecordOf(lost)));
  REQUIRE_OK(days.Replace(FingerprintOf(lost), RecordOf(SecretKey::Random())));
  for (int again = 0; again < 2; ++again) REQUIRE_OK(days.MarkDestroyed(kName, kNow));
  CHECK(world.events == std::vector<std::string>{"made inner 2020-12-01",
                                                 "replaced inner 2020-12-01",
                                                 "destroyed inner 2020-12-01"});
}

TEST_CASE("what the hook refuses does not happen") {
  World world;
  PostgresKeyBook days = world.Days();
  world.hook_status = absl::InternalError("the audit entry failed");
  CHECK(absl::IsInternal(days.Record(RecordOf(SecretKey::Random())).status()));
  CHECK_FALSE(days.Find(kName)->has_value());

  world.hook_status = absl::OkStatus();
  REQUIRE_OK(days.Record(RecordOf(SecretKey::Random())));
  world.hook_status = absl::InternalError("the audit entry failed");
  CHECK(absl::IsInternal(days.MarkDestroyed(kName, kNow)));
  CHECK_FALSE(days.Find(kName).value()->destroyed_at.has_value());
}

TEST_CASE("recorders at once all get one record, and one of them tells") {
  World world;
  PostgresKeyBook days = world.Days();
  std::vector<absl::StatusOr<KeyRecord>> records(8);
  std::vector<std::thread> threads;
  absl::Mutex mu;
  PostgresKeyBook counted =
      PostgresKeyBook::OfDays(world.pool, "notifier", [&](pqxx::work&, const KeyEvent&) {
        absl::MutexLock lock(&mu);
        world.events.emplace_back("made");
        return absl::OkStatus();
      });
  for (auto& record : records) {
    threads.emplace_back([&] { record = counted.Record(RecordOf(SecretKey::Random())); });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& record : records) {
    REQUIRE_OK(record);
    CHECK(record->fingerprint == records.front()->fingerprint);
  }
  CHECK(world.events.size() == 1);
}

TEST_CASE("two services that start at once over one disk and one database use one key") {
  World world;
  TempDirectory first;
  TempDirectory second;
  const SecretKey key_encryption_key = SecretKey::Random();
  constexpr int kStarters = 4;
  std::vector<absl::StatusOr<crypto::SharedKey>> keys(kStarters);
  std::vector<std::thread> threads;
  for (auto& key : keys) {
    threads.emplace_back([&] {
      auto store = DirectoryKeyStore::Open({.directories = {first.path(), second.path()},
                                            .key_encryption_key = key_encryption_key.Clone()});
      PostgresKeyBook book = PostgresKeyBook::OfDays(world.pool, "notifier", nullptr);
      Keyring keyring(**store, book, [] { return kNow; });
      key = keyring.Make(kName);
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& key : keys) {
    REQUIRE_OK(key);
    CHECK(**key == **keys.front());
  }
}

TEST_CASE("a database that is away makes no key and loses none") {
  World world;
  TempDirectory directory;
  auto store = DirectoryKeyStore::Open(
      {.directories = {directory.path()}, .key_encryption_key = SecretKey::Random()});
  postgres::Pool nowhere{{.url = "postgresql:///oshirase?host=/nonexistent"}};
  PostgresKeyBook book = PostgresKeyBook::OfDays(nowhere, "notifier", nullptr);
  Keyring keyring(**store, book, [] { return kNow; });
  CHECK(absl::IsUnavailable(keyring.Make(kName).status()));
  CHECK((*store)->Labels(kInnerKey)->empty());
}

}  // namespace
}  // namespace oshirase::keyring

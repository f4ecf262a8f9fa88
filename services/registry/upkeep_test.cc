#include "services/registry/upkeep.h"

#include <catch2/catch.hpp>

#include "common/keyring/postgres_key_book.h"
#include "common/keyring/testing/fake_key_store.h"
#include "services/registry/store/key_events.h"
#include "services/registry/store/postgres_code_change_store.h"
#include "tests/support/temp_database.h"

namespace oshirase::registry {
namespace {

struct Scene {
  absl::Time now = ParseJapanTime("2020-12-10T23:58").value();
  Clock clock = [this] { return now; };
  testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_registry"), .size = 2}};
  audit::AuditLog log{"registry", clock};
  keyring::FakeKeyStore store;
  keyring::PostgresKeyBook days =
      keyring::PostgresKeyBook::OfDays(pool, "registry", AuditKeyEvents(log));
  keyring::PostgresKeyBook names =
      keyring::PostgresKeyBook::OfNames(pool, "registry", AuditKeyEvents(log));
  keyring::Keyring day_ring{store, days, clock};
  keyring::Keyring name_ring{store, names, clock};
  keyring::DayKeys seeds{day_ring, keyring::kVenueSeed};
  PostgresCodeChangeStore code_changes{pool};
  Metrics metrics;
  Upkeep upkeep{{.seeds = seeds,
                 .named_keys = name_ring,
                 .log = log,
                 .code_changes = code_changes,
                 .pool = pool,
                 .metrics = metrics,
                 .clock = clock,
                 .retention_days = 21}};

  bool Has(Day day) { return store.Has(keyring::DayKeyName(keyring::kVenueSeed, day)); }
  std::string Count(const std::string& from) {
    return database.Query("SELECT count(*) FROM registry." + from);
  }
};

TEST_CASE("the seeds of yesterday, today and tomorrow are made, once, and audited") {
  Scene scene;
  const Day today = DayOf(scene.now);

  REQUIRE(scene.upkeep.RunOnce().ok());
  REQUIRE(scene.upkeep.RunOnce().ok());

  CHECK(scene.Has(today - 1));
  CHECK(scene.Has(today));
  CHECK(scene.Has(today + 1));
  CHECK_FALSE(scene.Has(today + 2));
  CHECK(scene.Count("day_keys") == "3");
  CHECK(scene.Count("audit_entries WHERE action = 'key.made' AND subject LIKE 'venue-seed %'") ==
        "3");
  CHECK(scene.metrics.Text().find("oshirase_registry_key_days_ahead 1") != std::string::npos);
}

TEST_CASE("midnight makes the next day's seed") {
  Scene scene;
  REQUIRE(scene.upkeep.RunOnce().ok());

  scene.now += absl::Minutes(4);
  REQUIRE(scene.upkeep.RunOnce().ok());

  CHECK(scene.Has(DayOf(scene.now) + 1));
}

TEST_CASE("a seed ends when its day and the retention are over, and the log says so") {
  Scene scene;
  const Day first = DayOf(scene.now) - 1;
  REQUIRE(scene.upkeep.RunOnce().ok());

  scene.now = StartOf(first + 22) - absl::Seconds(1);
  REQUIRE(scene.upkeep.RunOnce().ok());
  CHECK(scene.Has(first));
  scene.now += absl::Seconds(1);
  REQUIRE(scene.upkeep.RunOnce().ok());

  CHECK_FALSE(scene.Has(first));
  CHECK(scene.Has(first + 1));
  CHECK(scene.Count("day_keys WHERE destroyed_at IS NOT NULL") == "1");
  CHECK(scene.Count("audit_entries WHERE action = 'key.destroyed'") == "1");
}

TEST_CASE("the audit log's head is signed every 10 minutes and verifies") {
  Scene scene;
  REQUIRE(scene.upkeep.RunOnce().ok());
  scene.now += absl::Minutes(9);
  REQUIRE(scene.upkeep.RunOnce().ok());
  CHECK(scene.Count("audit_heads") == "1");

  scene.now += absl::Minutes(1);
  REQUIRE(scene.upkeep.RunOnce().ok());

  CHECK(scene.Count("audit_heads") == "2");
  const auto seed = scene.name_ring.Get({keyring::kAuditKey, keyring::kCurrent});
  REQUIRE(seed.ok());
  CHECK(scene.log.Verify(scene.pool, crypto::SigningKey::FromSeed(**seed).verify_key()).ok());
}

TEST_CASE("a key store that is away is counted, and the next run goes on") {
  Scene scene;
  for (int i = 0; i < 20; ++i) scene.store.FailNext(absl::UnavailableError("away"));

  CHECK_FALSE(scene.upkeep.RunOnce().ok());
  int runs = 1;
  while (!scene.upkeep.RunOnce().ok() && runs < 20) ++runs;

  CHECK(runs < 20);
  CHECK(scene.Has(DayOf(scene.now)));
  CHECK(scene.metrics.Text().find("oshirase_registry_upkeep_failures_total 0") ==
        std::string::npos);
}

}  // namespace
}  // namespace oshirase::registry

#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "common/audit/audit_log.h"
#include "common/crypto/testing/hex.h"
#include "common/postgres/transaction.h"
#include "common/status/errors.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_database.h"

namespace oshirase::audit {
namespace {

// The registry's own log, as its login role sees it.
struct World {
  oshirase::testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_registry"), .size = 8}};
  absl::Time now = absl::FromUnixMicros(1606816800123456);
  AuditLog log{"registry", [this] { return now; }};
  crypto::SigningKey key = crypto::SigningKey::FromSeed(crypto::CountingKey());

  absl::Status Append(const Entry& entry) {
    return postgres::RunInTransaction(pool, [&](pqxx::work& tx) { return log.Append(tx, entry); });
  }
  absl::Status Append(int count) {
    for (int i = 0; i < count; ++i) {
      const auto status = Append({.actor = "timer",
                                  .action = "test.step",
                                  .subject = std::to_string(i),
                                  .detail = {{"step", i}}});
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }
  absl::Status Verify() { return log.Verify(pool, key.verify_key()); }
};

TEST_CASE("entries are read back as they were appended, oldest first, a page at a time") {
  World world;
  REQUIRE_OK(world.Append({.actor = "officer/officer-a",
                           .action = "venue.registered",
                           .subject = "00112233-4455-4677-8899-aabbccddeeff",
                           .detail = {{"kind", "bar"}, {"名前", "居酒屋"}}}));
  REQUIRE_OK(world.Append(4));

  const auto first = world.log.List(world.pool, 0, 3);
  REQUIRE_OK(first);
  REQUIRE(first->entries.size() == 3);
  CHECK(first->entries[0].seq == 1);
  CHECK(first->entries[0].time == world.now);
  CHECK(first->entries[0].actor == "officer/officer-a");
  CHECK(first->entries[0].action == "venue.registered");
  CHECK(first->entries[0].subject == "00112233-4455-4677-8899-aabbccddeeff");
  CHECK(first->entries[0].detail_json == R"({"kind":"bar","名前":"居酒屋"})");
  CHECK(first->next_after == 3);

  const auto second = world.log.List(world.pool, first->next_after, 3);
  REQUIRE_OK(second);
  CHECK(second->entries.size() == 2);
  CHECK(second->next_after == 0);
  CHECK(world.log.List(world.pool, 5, 3)->entries.empty());
}

TEST_CASE("an entry and its action exist together or not at all") {
  World world;
  const auto undone = postgres::RunInTransaction(world.pool, [&](pqxx::work& tx) -> absl::Status {
    CHECK_OK(world.log.Append(tx, {.actor = "timer", .action = "test.undone", .subject = ""}));
    return absl::FailedPreconditionError("the action failed");
  });
  CHECK(absl::IsFailedPrecondition(undone));
  CHECK(world.log.List(world.pool, 0, 10)->entries.empty());
  REQUIRE_OK(world.Append(1));
  CHECK_OK(world.Verify());
}

TEST_CASE("appenders at once stand in line: no gap, no fork, nothing lost") {
  World world;
  constexpr int kThreads = 8;
  constexpr int kEach = 25;
  std::vector<std::thread> threads;
  std::vector<absl::Status> results(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] { results[t] = world.Append(kEach); });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& result : results) REQUIRE_OK(result);

  CHECK_OK(world.Verify());
  CHECK(world.log.List(world.pool, 0, 1000)->entries.size() == kThreads * kEach);
}

TEST_CASE("heads are signed over the chain as it stands, an empty one too") {
  World world;
  CHECK(world.log.SignHead(world.pool, world.key)->seq == 0);
  REQUIRE_OK(world.Append(3));
  world.now += absl::Minutes(10);
  const auto head = world.log.SignHead(world.pool, world.key);
  REQUIRE_OK(head);
  CHECK(head->seq == 3);
  CHECK(crypto::Verify(world.key.verify_key(), HeadMessage("registry", *head), head->signature));
  REQUIRE_OK(world.Append(2));
  CHECK_OK(world.Verify());
  CHECK(world.database.Query("SELECT count(*) FROM registry.audit_heads") == "2");
}

TEST_CASE("whatever is changed behind the log's back is noticed") {
  World world;
  REQUIRE_OK(world.Append(5));
  REQUIRE_OK(world.log.SignHead(world.pool, world.key));
  REQUIRE_OK(world.Append(1));
  REQUIRE_OK(world.Verify());

  for (const std::string tampering :
       {"UPDATE registry.audit_entries SET actor = 'officer/officer-b' WHERE seq = 2",
        "UPDATE registry.audit_entries SET detail = '{}' WHERE seq = 3",
        "UPDATE registry.audit_entries SET entry_time = entry_time + interval '1 second' "
        "WHERE seq = 1",
        "DELETE FROM registry.audit_entries WHERE seq = 4",
        "DELETE FROM registry.audit_entries WHERE seq = 6",
        "UPDATE registry.audit_tail SET seq = 7",
        "UPDATE registry.audit_heads SET hash = decode(repeat('11', 32), 'hex')",
        "UPDATE registry.audit_heads SET signature = decode(repeat('11', 64), 'hex')",
        "INSERT INTO registry.audit_heads VALUES ('2030-01-01', 9, '', '', '')",
        "INSERT INTO registry.audit_entries SELECT 7, entry_time, actor, action, subject, detail, "
        "hash, hash FROM registry.audit_entries WHERE seq = 6"}) {
    CAPTURE(tampering);
    world.database.Query("CREATE TABLE public.entries AS TABLE registry.audit_entries");
    world.database.Query("CREATE TABLE public.heads AS TABLE registry.audit_heads");
    world.database.Query("CREATE TABLE public.tail AS TABLE registry.audit_tail");
    world.database.Query(tampering);
    CHECK(absl::IsDataLoss(world.Verify()));
    for (const std::string table : {"entries", "heads", "tail"}) {
      world.database.Query("TRUNCATE registry.audit_" + table);
      world.database.Query("INSERT INTO registry.audit_" + table + " TABLE public." + table);
      world.database.Query("DROP TABLE public." + table);
    }
    REQUIRE_OK(world.Verify());
  }
}

TEST_CASE("cutting off the end, tail and all, is noticed by the head signed over it") {
  World world;
  REQUIRE_OK(world.Append(5));
  REQUIRE_OK(world.log.SignHead(world.pool, world.key));
  world.database.Query(
      "UPDATE registry.audit_tail SET seq = 3, hash = (SELECT hash FROM registry.audit_entries "
      "WHERE seq = 3)");
  world.database.Query("DELETE FROM registry.audit_entries WHERE seq > 3");
  CHECK(ReasonOf(world.Verify()) == "AUDIT_CHAIN_BROKEN");
}

TEST_CASE("a head signed with another key is forged") {
  World world;
  REQUIRE_OK(world.Append(1));
  const auto other = crypto::SigningKey::FromSeed(crypto::SecretKey::Random());
  REQUIRE_OK(world.log.SignHead(world.pool, other));
  CHECK(ReasonOf(world.Verify()) == "AUDIT_HEAD_FORGED");
}

TEST_CASE("the service itself can neither change nor remove what it logged") {
  World world;
  REQUIRE_OK(world.Append(1));
  for (const std::string statement :
       {"UPDATE registry.audit_entries SET actor = 'nobody'", "DELETE FROM registry.audit_entries",
        "TRUNCATE registry.audit_entries", "UPDATE registry.audit_heads SET seq = 1",
        "DELETE FROM registry.audit_heads", "DELETE FROM registry.audit_tail"}) {
    CAPTURE(statement);
    const auto status = postgres::RunInTransaction(world.pool, [&](pqxx::work& tx) {
      tx.exec0(statement);
      return absl::OkStatus();
    });
    CHECK_FALSE(status.ok());
  }
}

TEST_CASE("an entry beyond its limits, or one that names a visitor, is refused with its action") {
  World world;
  const Entry good{.actor = "timer", .action = "test.step", .subject = ""};
  const std::string line_id = "U00112233445566778899aabbccddeeff";
  const auto refuse = [&](auto edit) {
    Entry entry = good;
    edit(entry);
    const auto status = world.Append(entry);
    CHECK(status.ToString().find(line_id) == std::string::npos);
    return ReasonOf(status);
  };
  CHECK(refuse([](Entry&) {}).empty());
  CHECK(refuse([](Entry& e) { e.actor = ""; }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([](Entry& e) { e.actor = std::string(101, 'a'); }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([](Entry& e) { e.actor = std::string("a\0b", 3); }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([](Entry& e) { e.actor = "\xff"; }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([](Entry& e) { e.action = ""; }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([](Entry& e) { e.action = "Release Granted"; }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([](Entry& e) { e.subject = std::string(201, 'a'); }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([](Entry& e) { e.detail = "text"; }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([](Entry& e) {
          e.detail = {{"x", std::string(17000, 'a')}};
        }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([](Entry& e) { e.detail = {{"x", "\xff"}}; }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([&](Entry& e) { e.subject = line_id; }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([&](Entry& e) { e.actor = "visitor/" + line_id; }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([&](Entry& e) { e.detail = {{"to", {"UU" + line_id}}}; }) == "INVALID_AUDIT_ENTRY");
  CHECK(refuse([](Entry& e) { e.detail = {{"nul", std::string("a\0b", 3)}}; }).empty());
  CHECK_OK(world.Verify());
}

}  // namespace
}  // namespace oshirase::audit

#include <array>
#include <catch2/catch.hpp>
#include <pqxx/pqxx>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/barrier.h"
#include "absl/time/clock.h"
#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/notifier/store/audit_append.h"
#include "services/notifier/store/postgres_audit_trail.h"
#include "services/notifier/store/postgres_case_store.h"
#include "services/notifier/store/postgres_clock.h"
#include "services/notifier/store/postgres_follow_store.h"
#include "services/notifier/store/postgres_outbox.h"
#include "services/notifier/testing/contract_parts.h"
#include "services/notifier/testing/store_contract.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_database.h"

namespace oshirase::notifier {
namespace {

// The stores over a database of their own, with the rights of the service and no more.
struct Stores {
  testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_notifier"), .size = 4}};
  audit::AuditLog log{kSchema, SystemClock()};
  PostgresCaseStore cases{pool, log};
  PostgresOutbox outbox{pool, log};
  PostgresFollowStore follows{pool};
  PostgresAuditTrail audit{pool, log};
};

TEST_CASE("the Postgres case store keeps the store's contract") {
  Stores stores;
  CheckCaseStoreContract({stores.cases, stores.outbox});
}

TEST_CASE("the Postgres outbox keeps the outbox's contract") {
  Stores stores;
  CheckOutboxContract({stores.cases, stores.outbox});
}

TEST_CASE("the Postgres follow store keeps the store's contract") {
  Stores stores;
  CheckFollowStoreContract(stores.follows);
}

TEST_CASE("every change of a case is in the audit log with it, and the chain holds") {
  Stores stores;
  const auto case_id = PlanCase({stores.cases, stores.outbox}, {2});

  const auto page = stores.audit.List(0, 10);

  REQUIRE_OK(page);
  REQUIRE(page->entries.size() == 3);
  CHECK(page->entries[0].action == "case.submitted");
  CHECK(page->entries[1].action == "case.approved");
  CHECK(page->entries[2].action == "case.planned");
  CHECK(page->entries[1].previous_hash == page->entries[0].hash);
}

TEST_CASE("the database's clock is asked, not this process's") {
  Stores stores;
  const auto first = DatabaseTime(stores.pool);
  const auto second = DatabaseTime(stores.pool);
  REQUIRE_OK(first);
  REQUIRE_OK(second);
  CHECK(*first < *second);
  CHECK(absl::AbsDuration(*first - absl::Now()) < absl::Minutes(1));  // it is this machine's too
}

TEST_CASE("an audit entry that cannot be written undoes its change") {
  Stores stores;
  const StorePair pair{stores.cases, stores.outbox};
  const auto case_id = ApproveCase(pair);

  // An entry may not hold what looks like a LINE user id.
  const AuditEvent impossible{
      .actor = "timer", .action = "case.paused", .subject = "U0123456789abcdef0123456789abcdef"};
  CHECK_CODE(stores.cases.Pause(case_id, "WHY", ContractTime(), impossible),
             absl::StatusCode::kInvalidArgument);

  CHECK(StateOf(pair, case_id) == CaseState::kApproved);
}

TEST_CASE("the service can neither rewrite what was signed nor its audit log") {
  Stores stores;
  PlanCase({stores.cases, stores.outbox}, {2});
  pqxx::connection connection(stores.database.Url("oshirase_notifier"));
  for (const std::string statement :
       {"UPDATE notifier.cases SET statement = ''", "UPDATE notifier.cases SET case_ref = 'x'",
        "DELETE FROM notifier.cases", "UPDATE notifier.case_signatures SET officer_id = 'x'",
        "DELETE FROM notifier.case_signatures",
        "UPDATE notifier.case_messages SET line_messages_json = ''", "DELETE FROM notifier.batches",
        "UPDATE notifier.batches SET case_id = gen_random_uuid()",
        "UPDATE notifier.audit_entries SET actor = 'x'", "DELETE FROM notifier.audit_entries",
        "DELETE FROM notifier.audit_tail", "DELETE FROM notifier.day_keys",
        "DELETE FROM notifier.follow_states", "TRUNCATE notifier.people_told",
        "SELECT * FROM registry.venues", "SELECT * FROM checkin.visits",
        "CREATE TABLE notifier.mine (a int)"}) {
    INFO(statement);
    pqxx::nontransaction transaction(connection);
    CHECK_THROWS_AS(transaction.exec(statement), pqxx::insufficient_privilege);
  }
}

TEST_CASE("two workers that claim at once never get the same batch") {
  Stores stores;
  PlanCase({stores.cases, stores.outbox}, std::vector<int>(40, 1));
  const ClaimRequest request{
      .now = ContractTime() + absl::Hours(1), .lease = absl::Minutes(1), .limit = 1};
  std::array<std::set<std::string>, 4> claimed;
  std::vector<std::thread> workers;
  for (auto& mine : claimed) {
    workers.emplace_back([&] {
      for (int i = 0; i < 40; ++i) {
        const auto batches = stores.outbox.Claim(request);
        if (!batches.ok()) continue;
        for (const auto& batch : *batches) mine.insert(batch.batch_id);
      }
    });
  }
  for (auto& worker : workers) worker.join();

  std::set<std::string> all;
  size_t sum = 0;
  for (const auto& mine : claimed) {
    all.insert(mine.begin(), mine.end());
    sum += mine.size();
  }
  CHECK(all.size() == 40);
  CHECK(sum == 40);
}

// Splits the only batch of a new case and returns its halves, each in an attempt.
std::vector<ClaimedBatch> BegunHalves(StorePair pair, const std::string& case_id, absl::Time now) {
  const auto whole = ClaimAt(pair, now);
  REQUIRE(whole.size() == 1);
  REQUIRE_OK(BeginAt(pair, whole[0], now));
  AttemptEnd end = EndOf(whole[0], AttemptEnd::Outcome::kSplit, now);
  const CasePlan halves = ContractPlan(case_id, {1, 1});
  end.split = BatchSplit{halves.batches[0], halves.batches[1]};
  REQUIRE_OK(pair.outbox.EndAttempt(end));
  auto parts = ClaimAt(pair, now);
  REQUIRE(parts.size() == 2);
  for (const ClaimedBatch& part : parts) REQUIRE_OK(BeginAt(pair, part, now));
  return parts;
}

TEST_CASE("of two halves that are refused at the same instant one sees the other") {
  Stores stores;
  const StorePair pair{stores.cases, stores.outbox};
  const absl::Time now = ContractTime() + absl::Hours(1);
  for (int round = 0; round < 25; ++round) {
    const auto case_id = PlanCase(pair, {2});
    const auto halves = BegunHalves(pair, case_id, now);
    absl::Barrier* start = new absl::Barrier(2);
    std::array<absl::StatusOr<std::string>, 2> stopped;
    std::vector<std::thread> workers;
    for (size_t i = 0; i < 2; ++i) {
      workers.emplace_back([&, i] {
        AttemptEnd refused = EndOf(halves[i], AttemptEnd::Outcome::kRejected, now);
        refused.line_status = 400;
        refused.pause_reason_of_both = kPausedRefused;
        if (start->Block()) delete start;
        stopped[i] = stores.outbox.EndAttempt(refused);
      });
    }
    for (auto& worker : workers) worker.join();

    REQUIRE_OK(stopped[0]);
    REQUIRE_OK(stopped[1]);
    CHECK(*stopped[0] + *stopped[1] == kPausedRefused);
    REQUIRE(StateOf(pair, case_id) == CaseState::kPaused);
  }
}

}  // namespace
}  // namespace oshirase::notifier

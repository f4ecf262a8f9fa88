// The stores of the desk's work on the register in Postgres: the contracts, and what only a real
// database shows.
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/registry/domain/reissue.h"
#include "services/registry/store/postgres_audit_store.h"
#include "services/registry/store/postgres_business_store.h"
#include "services/registry/store/postgres_decision_store.h"
#include "services/registry/store/postgres_own_venue_store.h"
#include "services/registry/store/postgres_register_store.h"
#include "services/registry/store/postgres_reissue_store.h"
#include "services/registry/store/postgres_venue_store.h"
#include "services/registry/testing/example_business.h"
#include "services/registry/testing/recording_mail_queue.h"
#include "services/registry/testing/register_contracts.h"
#include "tests/support/temp_database.h"

namespace oshirase::registry {
namespace {

// The stores as the process has them, over a database of their own.
struct Stores {
  testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_registry"), .size = 4}};
  audit::AuditLog log{"registry", SystemClock()};
  RecordingMailQueue mails;
  PostgresVenueStore venues{pool, log, mails};
  PostgresBusinessStore businesses{pool, mails};
  PostgresOwnVenueStore own_venues{pool, log, mails};
  PostgresRegisterStore entries{pool, pool};
  PostgresDecisionStore decisions{pool, log, mails};
  PostgresReissueStore reissues{pool, log, mails};
  PostgresAuditStore audit{pool, log};
  BusinessStores business{businesses, own_venues, venues};
  RegisterStores picked{business, entries, decisions,
                        reissues, audit,   [this] { return mails.mails(); }};

  // That many venues, of one business.
  void Add(int count) {
    std::vector<VenueAddition> additions;
    const BusinessId business_id = AddVenue(picked, ExampleDetails(), kExampleNow).business_id;
    for (int i = 1; i < count; ++i) {
      additions.push_back(ExampleAddition(ExampleVenue(kExampleNow)));
      additions.back().venue.business_id = business_id;
    }
    REQUIRE(own_venues
                .AddBatch({.request_id = ids::NewUuid(),
                           .business_id = business_id,
                           .additions = std::move(additions),
                           .now = kExampleNow,
                           .note = ExampleNote("venue.imported"),
                           .mails = {}})
                .ok());
  }

  int64_t Count(const std::string& rest) {
    return std::stoll(database.Query("SELECT count(*) FROM registry." + rest));
  }
};

void CheckRegisterContract(const Contract<RegisterStores>& contract) {
  for (const auto& each : contract) {
    DYNAMIC_SECTION(each.name) {
      Stores stores;
      each.run(stores.picked);
    }
  }
}

TEST_CASE("the store of the whole register in Postgres keeps the contract") {
  CheckRegisterContract(RegisterStoreContract());
}

TEST_CASE("the store of decisions in Postgres keeps the contract") {
  CheckRegisterContract(DecisionStoreContract());
}

TEST_CASE("the store of reissued certificates in Postgres keeps the contract") {
  CheckRegisterContract(ReissueStoreContract());
}

constexpr int kVenues = 600;

// Every venue has its first certificate, superseded, and exactly one that holds.
void CheckAllReissuedOnce(Stores& stores) {
  CHECK(stores.Count("certificates") == 2 * kVenues);
  CHECK(stores.Count("certificates WHERE version = 2 AND state = 'current'") == kVenues);
  CHECK(stores.Count("venue_changes WHERE action = 'reissued'") == kVenues);
  CHECK(stores.Count("reissued_venues") == kVenues);
  CHECK(stores.database.Query("SELECT done FROM registry.reissue_runs") == std::to_string(kVenues));
  CHECK(stores.mails.mails().size() == kVenues);
}

TEST_CASE("a run that is cut off goes on where it stopped and issues nothing twice") {
  Stores stores;
  stores.Add(kVenues);
  Reissue reissue(stores.reissues, ExampleCertificates(), SystemClock());
  const ReissueRequest request{
      .run_id = ids::NewUuid(), .reason = "様式の改定", .mail = true, .actor = "officer/desk-a"};
  const auto gone = absl::CancelledError("gone");
  std::vector<int64_t> told;
  const auto leave = [&](const ReissueProgress& progress) {
    told.push_back(progress.done);
    CHECK(progress.total == kVenues);
    return progress.done > 0 ? gone : absl::OkStatus();
  };
  const auto stay = [&](const ReissueProgress& progress) {
    told.push_back(progress.done);
    return absl::OkStatus();
  };

  CHECK(reissue.Run(request, leave) == gone);
  CHECK(told == std::vector<int64_t>{0, Reissue::kBatch});
  told.clear();
  CHECK(reissue.Run(request, stay).ok());

  CHECK(told == std::vector<int64_t>{Reissue::kBatch, 2 * Reissue::kBatch, kVenues, kVenues});
  CheckAllReissuedOnce(stores);
  CHECK(reissue.Run(request, stay).ok());
  CheckAllReissuedOnce(stores);
}

TEST_CASE("a batch that fails at its last step leaves nothing of itself") {
  Stores stores;
  stores.Add(kVenues);
  Reissue reissue(stores.reissues, ExampleCertificates(), SystemClock());
  const ReissueRequest request{
      .run_id = ids::NewUuid(), .reason = "様式の改定", .mail = true, .actor = "officer/desk-a"};
  const auto stay = [](const ReissueProgress& /*progress*/) { return absl::OkStatus(); };
  stores.mails.BreakNext();

  CHECK_FALSE(reissue.Run(request, stay).ok());
  CHECK(stores.Count("certificates") == kVenues);
  CHECK(stores.Count("reissued_venues") == 0);

  CHECK(reissue.Run(request, stay).ok());
  CheckAllReissuedOnce(stores);
}

TEST_CASE("two callers of one run share the work and issue nothing twice") {
  Stores stores;
  stores.Add(kVenues);
  Reissue reissue(stores.reissues, ExampleCertificates(), SystemClock());
  const ReissueRequest request{
      .run_id = ids::NewUuid(), .reason = "様式の改定", .mail = true, .actor = "officer/desk-a"};
  std::atomic<int> done = 0;
  const auto run = [&] {
    int64_t last = 0;
    const auto status = reissue.Run(request, [&](const ReissueProgress& progress) {
      last = progress.done;
      return absl::OkStatus();
    });
    if (status.ok() && last == kVenues) ++done;
  };
  std::thread one(run);
  std::thread other(run);
  one.join();
  other.join();
  CHECK(done == 2);
  CheckAllReissuedOnce(stores);
}

TEST_CASE("the same correction sent twice at once is made once") {
  Stores stores;
  const Venue venue = AddVenue(stores.picked, ExampleDetails(), kExampleNow);
  auto details = venue.details;
  details.email = "new@example.com";
  const EntryCorrection correction{.venue_id = venue.id,
                                   .request_id = ids::NewUuid(),
                                   .revision = 1,
                                   .details = details,
                                   .fields = {"email"},
                                   .certificate = std::nullopt,
                                   .now = kExampleNow,
                                   .note = DeskNote("venue.corrected", "電話で確認"),
                                   .mails = {}};
  std::atomic<int> done = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { done += stores.decisions.Correct(correction).ok() ? 1 : 0; });
  for (auto& thread : threads) thread.join();
  CHECK(done == 4);
  CHECK(FileOf(stores.picked, venue.id).entry.venue.revision == 2);
  CHECK(stores.Count("venue_changes WHERE action = 'corrected'") == 1);
}

TEST_CASE("a decision whose mail cannot be queued is not made") {
  Stores stores;
  const Venue venue = AddVenue(stores.picked, ExampleDetails(), kExampleNow);
  stores.mails.BreakNext();
  CHECK_FALSE(
      stores.decisions
          .Withdraw(
              {.certificate_number = FileOf(stores.picked, venue.id).certificates[0].number,
               .now = kExampleNow,
               .note = DeskNote("certificate.withdrawn", "虚偽"),
               .mails = {{.to = "poem@example.com", .content = NoticeMail{.venue_name = "x"}}}})
          .ok());
  CHECK(FileOf(stores.picked, venue.id).certificates[0].state == CertificateState::kCurrent);
  CHECK(stores.Count("audit_entries WHERE action = 'certificate.withdrawn'") == 0);
}

TEST_CASE("an inspection whose audit entry is refused is not noted") {
  Stores stores;
  const Venue venue = AddVenue(stores.picked, ExampleDetails(), kExampleNow);
  auto note = DeskNote("venue.inspected", "確認");
  note.subject = std::string(500, 'x');
  CHECK_FALSE(stores.decisions
                  .RecordInspection({.venue_id = venue.id,
                                     .request_id = ids::NewUuid(),
                                     .confirmed = true,
                                     .now = kExampleNow,
                                     .note = note})
                  .ok());
  CHECK(FileOf(stores.picked, venue.id).changes.size() == 1);
}

TEST_CASE("a database that is gone is UNAVAILABLE for every store of the desk") {
  testing::TempPostgres server;
  testing::TempDatabase database(server);
  postgres::Pool pool({.url = database.Url("oshirase_registry"), .size = 2});
  const audit::AuditLog log("registry", SystemClock());
  const RecordingMailQueue mails;
  PostgresRegisterStore entries(pool, pool);
  PostgresDecisionStore decisions(pool, log, mails);
  PostgresReissueStore reissues(pool, log, mails);
  REQUIRE(entries.Count().ok());
  server.Kill();

  const auto nothing = [](auto&&) { return absl::OkStatus(); };
  CHECK(absl::IsUnavailable(entries.Search({}, std::nullopt, 1).status()));
  CHECK(absl::IsUnavailable(entries.ReadFile({ids::NewUuid()}).status()));
  CHECK(absl::IsUnavailable(entries.Export({}, {.begin = nothing, .take = nothing})));
  CHECK(absl::IsUnavailable(decisions.MailBusiness({.venue_id = {ids::NewUuid()},
                                                    .request_id = ids::NewUuid(),
                                                    .now = kExampleNow,
                                                    .note = DeskNote("venue.notice-mailed", ""),
                                                    .mails = {}})));
  CHECK(absl::IsUnavailable(
      reissues
          .Begin(
              {.id = ids::NewUuid(), .reason = "様式", .mail = false, .create_time = kExampleNow},
              DeskNote("reissue.started", ""))
          .status()));
}

}  // namespace
}  // namespace oshirase::registry

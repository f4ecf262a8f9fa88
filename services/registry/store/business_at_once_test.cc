#include <catch2/catch.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/errors.h"
#include "services/registry/domain/sign_in.h"
#include "services/registry/domain/venue_import.h"
#include "services/registry/store/postgres_business_store.h"
#include "services/registry/store/postgres_own_venue_store.h"
#include "services/registry/store/postgres_venue_store.h"
#include "services/registry/testing/example_business.h"
#include "services/registry/testing/recording_mail_queue.h"
#include "tests/support/temp_database.h"

namespace oshirase::registry {
namespace {

// What happens when two do it at once, and how long much takes: only a real database shows.
struct Scene {
  testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_registry"), .size = 8}};
  audit::AuditLog log{"registry", SystemClock()};
  RecordingMailQueue mails;
  PostgresVenueStore venues{pool, log, mails};
  PostgresBusinessStore businesses{pool, mails};
  PostgresOwnVenueStore own_venues{pool, log, mails};
  BusinessStores stores{businesses, own_venues, venues};

  int Count(const std::string& from) {
    return std::stoi(database.Query("SELECT count(*) FROM registry." + from));
  }
};

// Runs `work(i)` for i from 0 to `count` - 1 at the same time.
template <typename Work>
void AtOnce(int count, Work work) {
  std::vector<std::thread> threads;
  threads.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  for (auto& thread : threads) thread.join();
}

template <typename Result>
int CountOk(const std::vector<absl::StatusOr<Result>>& results) {
  int count = 0;
  for (const auto& result : results) count += result.ok() ? 1 : 0;
  return count;
}

TEST_CASE("a registration's link opened by several at once makes one venue") {
  Scene scene;
  const ExampleLink link;
  const std::string request_id = ids::NewUuid();
  REQUIRE(scene.businesses
              .KeepRegistration({.request_id = request_id, .details = ExampleDetails()},
                                link.AsNew(), ExampleLimit())
              .ok());
  std::vector<absl::StatusOr<LinkedVenue>> results(6, absl::UnknownError(""));

  AtOnce(6, [&](int i) {
    results[static_cast<size_t>(i)] = scene.own_venues.AddByLink(ExampleLinked(link, request_id));
  });

  CHECK(CountOk(results) == 1);
  for (const auto& result : results)
    CHECK((result.ok() || ReasonOf(result.status()) == "LINK_USED"));
  CHECK(scene.Count("venues") == 1);
  CHECK(scene.Count("certificates") == 1);
  CHECK(scene.Count("sessions") == 1);
}

TEST_CASE("several registrations from one mailbox at once make one business, one place once") {
  Scene scene;
  std::vector<ExampleLink> links(6);
  std::vector<std::string> requests;
  const MailLimit no_limit{.max = 100, .since = kExampleNow};
  for (const auto& link : links) {
    requests.push_back(ids::NewUuid());
    REQUIRE(scene.businesses
                .KeepRegistration({.request_id = requests.back(), .details = ExampleDetails()},
                                  link.AsNew(), no_limit)
                .ok());
  }
  std::vector<absl::StatusOr<LinkedVenue>> results(6, absl::UnknownError(""));

  AtOnce(6, [&](int i) {
    const auto n = static_cast<size_t>(i);
    results[n] = scene.own_venues.AddByLink(ExampleLinked(links[n], requests[n]));
  });

  CHECK(CountOk(results) == 6);
  for (const auto& result : results) CHECK(result->venue_id == results[0]->venue_id);
  CHECK(scene.Count("businesses") == 1);
  CHECK(scene.Count("venues") == 1);
  CHECK(scene.Count("sessions") == 6);
}

TEST_CASE("of several changes of one revision at once one is made") {
  Scene scene;
  const OwnVenue own = FindOwn(scene.stores, RegisterByLink(scene.stores));
  std::vector<absl::StatusOr<UpdatedVenue>> results(6, absl::UnknownError(""));

  AtOnce(6, [&](int i) {
    auto details = ExampleDetails();
    details.name = absl::StrCat("名前", i);
    results[static_cast<size_t>(i)] = scene.own_venues.Update(ExampleUpdate(own, details));
  });

  CHECK(CountOk(results) == 1);
  CHECK(scene.Count("certificates") == 2);
  CHECK(scene.Count("certificates WHERE state = 'current'") == 1);
  CHECK(scene.Count("venue_changes WHERE action = 'changed'") == 1);
}

TEST_CASE("one change sent several times at once is made once and answered alike") {
  Scene scene;
  const OwnVenue own = FindOwn(scene.stores, RegisterByLink(scene.stores));
  auto details = ExampleDetails();
  details.name = "新しい名前";
  const auto update = ExampleUpdate(own, details);
  std::vector<absl::StatusOr<UpdatedVenue>> results(6, absl::UnknownError(""));

  AtOnce(6, [&](int i) { results[static_cast<size_t>(i)] = scene.own_venues.Update(update); });

  CHECK(CountOk(results) == 6);
  for (const auto& result : results) CHECK(result->certificate_issued);
  CHECK(scene.Count("certificates") == 2);
}

TEST_CASE("a mailbox's limit holds for mails asked for at once") {
  Scene scene;
  RegisterByLink(scene.stores);
  const size_t before = scene.mails.mails().size();
  AtOnce(8, [&](int) {
    scene.businesses.KeepUpkeepLink(ExampleLink().AsNew(), ExampleLimit()).IgnoreError();
  });
  CHECK(scene.mails.mails().size() == before + 4);  // one was the registration's
}

TEST_CASE("a mail that cannot be queued takes the whole registration back") {
  Scene scene;
  const ExampleLink link;
  const std::string request_id = ids::NewUuid();
  REQUIRE(scene.businesses
              .KeepRegistration({.request_id = request_id, .details = ExampleDetails()},
                                link.AsNew(), ExampleLimit())
              .ok());
  auto linked = ExampleLinked(link, request_id);
  linked.addition.mails = {link.AsNew().mail};
  scene.mails.BreakNext();

  CHECK_FALSE(scene.own_venues.AddByLink(linked).ok());

  CHECK(scene.Count("venues") == 0);
  CHECK(scene.Count("sessions") == 0);
  CHECK(scene.own_venues.AddByLink(linked).ok());
}

TEST_CASE("a venue of an older version gets its business when its mailbox is proved") {
  Scene scene;
  const OwnVenue own = FindOwn(scene.stores, RegisterByLink(scene.stores));
  auto old = ExampleDetails();
  old.name = "旧館";
  old.email = "Old@Example.com";
  const Venue venue = scene.venues.Insert(ExampleAddition(ExampleVenue(kExampleNow, old))).value();
  scene.database.Query(
      "UPDATE registry.venues SET business_id = NULL, twin_key = NULL "
      "WHERE name = '旧館' RETURNING 1");

  auto details = ExampleDetails();
  details.email = "old@example.com";
  const LinkedVenue linked = RegisterByLink(scene.stores, details);

  CHECK(scene.own_venues.Find(venue.id, linked.business_id)->has_value());
  CHECK_FALSE(scene.own_venues.Find(own.venue.id, linked.business_id)->has_value());
}

TEST_CASE("five thousand venues are imported in seconds, and all or none of them") {
  Scene scene;
  const LinkedVenue linked = RegisterByLink(scene.stores);
  const Clock clock = SystemClock();
  VenueImport import({.businesses = scene.businesses,
                      .own_venues = scene.own_venues,
                      .venues = scene.venues,
                      .catalogue = ExampleCatalogue(),
                      .certificates = ExampleCertificates(),
                      .clock = clock});
  ImportRequest request{.request_id = ids::NewUuid(), .check_only = false, .rows = {}};
  for (int i = 0; i < 5000; ++i) {
    auto details = ExampleDetails();
    details.name = absl::StrCat("支店", i);
    request.rows.push_back(std::move(details));
  }
  const Holder holder{.business_id = linked.business_id, .actor = ActorOf(linked.business_id)};
  FieldViolations violations;

  const absl::Time begin = absl::Now();
  const auto count = import.Import(holder, request, violations);
  WARN("5000 venues took " << absl::FormatDuration(absl::Now() - begin));

  REQUIRE(count.ok());
  CHECK(*count == 5000);
  CHECK(scene.Count("certificates") == 5001);
  CHECK(scene.Count("venue_changes") == 5001);
  CHECK(*import.Import(holder, request, violations) == 5000);
  CHECK(scene.Count("venues") == 5001);

  request.request_id = ids::NewUuid();
  for (size_t i = 0; i < request.rows.size(); ++i) request.rows[i].name += "別館";
  request.rows.back().name = "支店0";
  CHECK_FALSE(import.Import(holder, request, violations).ok());
  CHECK(scene.Count("venues") == 5001);
}

}  // namespace
}  // namespace oshirase::registry

#include "services/registry/domain/venue_import.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/registry/testing/business_scene.h"

namespace oshirase::registry {
namespace {

ImportRequest Rows(int count) {
  ImportRequest request{.request_id = ids::NewUuid(), .check_only = false, .rows = {}};
  for (int i = 0; i < count; ++i) {
    auto details = ExampleDetails();
    details.name = absl::StrCat("支店", i);
    details.email = "";
    request.rows.push_back(std::move(details));
  }
  return request;
}

std::vector<std::string> Told(const FieldViolations& violations) {
  std::vector<std::string> told;
  for (const auto& violation : violations)
    told.push_back(absl::StrCat(violation.field, " ", violation.reason));
  return told;
}

TEST_CASE("all rows become venues with certificates, and one mail tells so") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  scene.now += absl::Minutes(1);

  const auto count = scene.import.Import(holder, Rows(30), scene.violations);

  REQUIRE(count.ok());
  CHECK(*count == 30);
  const auto page = scene.keeper.List(holder, 20, "");
  CHECK(scene.keeper.GetBusiness(holder)->venue_count == 31);
  CHECK(page->venues[0].venue.details.name == "支店0");  // in the file's order
  CHECK(page->venues[1].venue.details.name == "支店1");
  CHECK(page->venues[0].venue.details.email == "poem@example.com");
  CHECK(page->venues[0].certificate->version == 1);
  REQUIRE(scene.MailsOf<ImportMail>().size() == 1);
  CHECK(scene.MailsOf<ImportMail>()[0].venue_count == 30);
  CHECK(scene.MailsOf<CertificateMail>().size() == 1);
  CHECK(scene.audit.actions().back() == "venues.imported");
}

TEST_CASE("with anything wrong nothing is registered, and everything wrong is told by its row") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  auto request = Rows(4);
  request.rows[0].name = "";
  request.rows[2].kind = "pub";
  request.rows[3].own_measures = {"a\nb"};

  const auto count = scene.import.Import(holder, request, scene.violations);

  CHECK(ReasonOf(count.status()) == "VENUE_INVALID");
  CHECK(Told(scene.violations) ==
        std::vector<std::string>{"rows[0].name REQUIRED", "rows[2].kind UNKNOWN_KIND",
                                 "rows[3].own_measures[0] CONTROL_CHARACTER"});
  CHECK(scene.keeper.GetBusiness(holder)->venue_count == 1);
}

TEST_CASE("rows that are there, twice in the file, or rooms of nothing are told") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  auto request = Rows(4);
  request.rows[0].name = "喫茶　ﾎﾟｴﾑ";
  request.rows[2].name = "支店1";
  request.rows[3].parent_venue_id = ids::NewUuid();

  CHECK_FALSE(scene.import.Import(holder, request, scene.violations).ok());

  CHECK(Told(scene.violations) == std::vector<std::string>{"rows[0].name ALREADY_REGISTERED",
                                                           "rows[2].name TWICE",
                                                           "rows[3].parent_venue_id PARENT_UNFIT"});
}

TEST_CASE("rows can be rooms of a venue there is") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  auto request = Rows(2);
  for (auto& row : request.rows) row.parent_venue_id = scene.venue_id.value;

  CHECK(scene.import.Import(holder, request, scene.violations).ok());
}

TEST_CASE("checking alone registers nothing") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  auto request = Rows(3);
  request.check_only = true;

  CHECK(*scene.import.Import(holder, request, scene.violations) == 3);
  CHECK(scene.keeper.GetBusiness(holder)->venue_count == 1);
  request.rows[1].name = "";
  CHECK_FALSE(scene.import.Import(holder, request, scene.violations).ok());
}

TEST_CASE("a repeated import registers nothing and finds nothing wrong") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  const auto request = Rows(3);
  REQUIRE(scene.import.Import(holder, request, scene.violations).ok());

  const auto again = scene.import.Import(holder, request, scene.violations);

  REQUIRE(again.ok());
  CHECK(*again == 3);
  CHECK(scene.keeper.GetBusiness(holder)->venue_count == 4);
}

TEST_CASE("no more wrongs are told than an answer holds") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  auto request = Rows(1500);
  for (auto& row : request.rows) row.name = "";

  CHECK_FALSE(scene.import.Import(holder, request, scene.violations).ok());

  CHECK(scene.violations.size() == VenueImport::kMaxViolations);
}

TEST_CASE("an unreachable store is the caller's UNAVAILABLE, and nothing is wrong with the rows") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  const auto down = absl::UnavailableError("down");
  for (int calls_before = 0; calls_before < 3; ++calls_before) {
    for (int i = 0; i < calls_before; ++i) scene.own_venues.FailNext(absl::OkStatus());
    scene.own_venues.FailNext(down);
    CHECK(scene.import.Import(holder, Rows(1), scene.violations).status() == down);
    CHECK(scene.violations.empty());
  }
  scene.businesses.FailNext(down);
  CHECK(scene.import.Import(holder, Rows(1), scene.violations).status() == down);
}

}  // namespace
}  // namespace oshirase::registry

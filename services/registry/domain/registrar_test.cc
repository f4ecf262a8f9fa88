#include "services/registry/domain/registrar.h"

#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "services/registry/domain/errors.h"
#include "services/registry/testing/example_venue.h"
#include "services/registry/testing/fake_venue_store.h"

namespace oshirase::registry {
namespace {

const std::string kDesk = "officer/desk";

struct Scene {
  absl::Time now = absl::FromUnixSeconds(1'607'580'000);
  FakeAuditStore audit;
  FakeVenueStore venues{audit};
  Registrar registrar{venues, ExampleCatalogue(), ExampleCertificates(), [this] { return now; }};
  FieldViolations violations;

  Venue Register(const std::string& request_id = ids::NewUuid()) {
    auto venue = registrar.Register(request_id, ExampleDetails(), kDesk, violations);
    REQUIRE(venue.ok());
    return *venue;
  }
};

TEST_CASE("registering twice with one request id stores one venue") {
  Scene scene;
  const std::string request_id = ids::NewUuid();

  const Venue first = scene.Register(request_id);
  const Venue second = scene.Register(request_id);

  CHECK(first.id == second.id);
  CHECK(first.code == second.code);
  CHECK(scene.audit.actions() == std::vector<std::string>{"venue.registered"});
}

TEST_CASE("a registered venue is found by its code however it is typed") {
  Scene scene;
  const Venue venue = scene.Register();

  CHECK(scene.registrar.LookupCode(venue.code)->id == venue.id);
  CHECK(scene.registrar.LookupCode(ids::FormatVenueCode({venue.code}))->id == venue.id);
}

TEST_CASE("wrong details are told and nothing is stored") {
  Scene scene;
  auto details = ExampleDetails();
  details.name = "";

  const auto venue = scene.registrar.Register(ids::NewUuid(), details, kDesk, scene.violations);

  CHECK(ReasonOf(venue.status()) == "VENUE_INVALID");
  CHECK(scene.violations.size() == 1);
  CHECK(scene.audit.actions().empty());
}

TEST_CASE("a code of nobody and a replaced one get one answer, a mistyped one its own") {
  Scene scene;
  const Venue venue = scene.Register();
  REQUIRE(scene.registrar.ReplaceCode(venue.id, ids::NewUuid(), absl::ZeroDuration(), kDesk).ok());
  auto mistyped = venue.code;
  mistyped[3] = mistyped[3] == '0' ? '1' : '0';

  const auto replaced = scene.registrar.LookupCode(venue.code).status();
  const auto unknown = scene.registrar.LookupCode(ids::NewVenueCode().value).status();

  CHECK(replaced == unknown);
  CHECK(ReasonOf(unknown) == "VENUE_CODE_UNKNOWN");
  CHECK(ReasonOf(scene.registrar.LookupCode(mistyped).status()) == "VENUE_CODE_MISTYPED");
  CHECK(ReasonOf(scene.registrar.LookupCode("").status()) == "VENUE_CODE_MISTYPED");
}

TEST_CASE("a replaced code goes on working for its grace and no longer") {
  Scene scene;
  const Venue venue = scene.Register();

  const auto replaced =
      scene.registrar.ReplaceCode(venue.id, ids::NewUuid(), absl::Hours(1), kDesk);

  REQUIRE(replaced.ok());
  CHECK(replaced->code != venue.code);
  scene.now += absl::Hours(1) - absl::Seconds(1);
  CHECK(scene.registrar.LookupCode(venue.code)->id == venue.id);
  CHECK(scene.registrar.LookupCode(replaced->code)->id == venue.id);
  scene.now += absl::Seconds(1);
  CHECK(ReasonOf(scene.registrar.LookupCode(venue.code).status()) == "VENUE_CODE_UNKNOWN");
  CHECK(scene.registrar.LookupCode(replaced->code).ok());
}

TEST_CASE("a venue keeps being found whatever its state") {
  Scene scene;
  const Venue venue = scene.Register();

  REQUIRE(scene.venues
              .SetState({.venue_id = venue.id,
                         .state = VenueState::kSuspended,
                         .now = scene.now,
                         .note = ExampleNote("venue.suspended")})
              .ok());

  CHECK(scene.registrar.LookupCode(venue.code)->state == VenueState::kSuspended);
}

TEST_CASE("a code that is taken is drawn anew") {
  Scene scene;
  scene.venues.FailNext(absl::AlreadyExistsError("taken"));

  CHECK(scene.registrar.Register(ids::NewUuid(), ExampleDetails(), kDesk, scene.violations).ok());
}

TEST_CASE("an unreachable store is the caller's UNAVAILABLE") {
  Scene scene;
  const Venue venue = scene.Register();
  const auto down = absl::UnavailableError("down");

  scene.venues.FailNext(down);
  CHECK(scene.registrar.Register(ids::NewUuid(), ExampleDetails(), kDesk, scene.violations)
            .status() == down);
  scene.venues.FailNext(down);
  CHECK(scene.registrar.LookupCode(venue.code).status() == down);
  scene.venues.FailNext(down);
  CHECK(scene.registrar.BatchGet({venue.id}).status() == down);
}

}  // namespace
}  // namespace oshirase::registry

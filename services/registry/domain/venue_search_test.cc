#include "services/registry/domain/venue_search.h"

#include <catch2/catch.hpp>

#include "services/registry/domain/errors.h"
#include "services/registry/testing/example_venue.h"
#include "services/registry/testing/fake_venue_store.h"

namespace oshirase::registry {
namespace {

struct Scene {
  FakeAuditStore audit;
  FakeVenueStore venues{audit};
  VenueSearch search{venues, audit};

  Venue Add() { return venues.Insert(ExampleAddition(ExampleVenue(absl::UnixEpoch()))).value(); }
  absl::StatusOr<VenuePage> Find(const std::string& text) {
    return search.Find({.text = text, .page_size = 20, .page_token = "", .actor = "officer/ann"});
  }
  std::vector<std::string> shown() const {
    const AuditNote last = audit.notes().back();
    for (const auto& fact : last.facts) {
      if (fact.key == "shown") return std::get<std::vector<std::string>>(fact.value);
    }
    return {"nothing noted"};
  }
};

TEST_CASE("the audit log says who searched and what was shown, not the words") {
  Scene scene;
  const Venue venue = scene.Add();

  REQUIRE(scene.Find("ぽえむ").ok());

  const AuditNote note = scene.audit.notes().back();
  CHECK(note.action == "venue.searched");
  CHECK(note.actor == "officer/ann");
  CHECK(scene.shown() == std::vector<std::string>{venue.id.value});
  CHECK(TextFact(note, "by") == "words");
}

TEST_CASE("a search that finds nothing is audited too") {
  Scene scene;

  CHECK(scene.Find("nowhere")->venues.empty());
  CHECK(scene.shown().empty());
  CHECK(scene.Find(ids::NewVenueCode().value)->venues.empty());
  CHECK(TextFact(scene.audit.notes().back(), "by") == "code");
}

TEST_CASE("a code that was replaced still leads an officer to its venue") {
  Scene scene;
  const Venue venue = scene.Add();
  REQUIRE(scene.venues
              .ReplaceCode({.venue_id = venue.id,
                            .request_id = ids::NewUuid(),
                            .new_code = ids::NewVenueCode().value,
                            .now = absl::UnixEpoch(),
                            .grace = absl::ZeroDuration()},
                           ExampleNote())
              .ok());

  const auto page = scene.Find(ids::FormatVenueCode({venue.code}));

  REQUIRE(page->venues.size() == 1);
  CHECK(page->venues[0].id == venue.id);
}

TEST_CASE("a text of punctuation alone searches for nothing") {
  Scene scene;
  CHECK(ReasonOf(scene.Find("---").status()) == "SEARCH_TEXT_EMPTY");
}

TEST_CASE("nothing is shown when the search cannot be audited or the store is away") {
  Scene scene;
  scene.Add();
  const auto down = absl::UnavailableError("down");

  scene.audit.FailNext(down);
  CHECK(scene.Find("ぽえむ").status() == down);
  scene.venues.FailNext(down);
  CHECK(scene.Find("ぽえむ").status() == down);
}

}  // namespace
}  // namespace oshirase::registry

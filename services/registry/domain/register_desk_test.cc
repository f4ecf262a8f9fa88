#include "services/registry/domain/register_desk.h"

#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/status/errors.h"
#include "services/registry/testing/desk_scene.h"

namespace oshirase::registry {
namespace {

using Names = std::vector<std::string>;

Names NamesOf(const std::vector<RegisterEntry>& entries) {
  Names names;
  for (const auto& entry : entries) names.push_back(entry.venue.details.name);
  return names;
}

RegisterRequest RequestFor(const std::string& text) {
  return {.text = text, .filter = {}, .actor = kDeskOfficer};
}

Names Find(DeskScene& scene, const std::string& text) {
  const auto page = scene.desk.Search(RequestFor(text), 20, "");
  REQUIRE(page.ok());
  return NamesOf(page->entries);
}

template <typename T>
T FactOf(const AuditNote& note, const std::string& key) {
  for (const auto& fact : note.facts) {
    if (fact.key == key) return std::get<T>(fact.value);
  }
  return {};
}

TEST_CASE("a search takes words, a venue code and a certificate number as people write them") {
  DeskScene scene;
  const Venue poem = scene.AddNamed("喫茶ポエム");
  scene.AddNamed("シネマ花");
  const auto number = scene.FileOf(poem.id).certificates[0].number;
  CHECK(Find(scene, "しねま") == Names{"シネマ花"});
  CHECK(Find(scene, ids::FormatVenueCode({poem.code})) == Names{"喫茶ポエム"});
  CHECK(Find(scene, ids::FormatPublicNumber({number})) == Names{"喫茶ポエム"});
  CHECK(Find(scene, "") == Names{"シネマ花", "喫茶ポエム"});
  CHECK(ReasonOf(scene.desk.Search(RequestFor("・"), 20, "").status()) == "SEARCH_TEXT_EMPTY");
}

TEST_CASE("a word that happens to have a number's check character is still a word") {
  DeskScene scene;
  const std::string word = ids::NewPublicNumber().value;
  scene.AddNamed("Bar " + word);
  CHECK(Find(scene, word) == Names{"Bar " + word});
}

TEST_CASE("a search is read page by page") {
  DeskScene scene;
  for (const auto* name : {"一", "二", "三"}) scene.AddNamed(name);
  const auto first = scene.desk.Search(RequestFor(""), 2, "");
  REQUIRE(first.ok());
  CHECK(NamesOf(first->entries) == Names{"三", "二"});
  const auto second = scene.desk.Search(RequestFor(""), 2, first->next_page_token);
  REQUIRE(second.ok());
  CHECK(NamesOf(second->entries) == Names{"一"});
  CHECK(second->next_page_token.empty());
  CHECK(ReasonOf(scene.desk.Search(RequestFor(""), 2, "x").status()) == "PAGE_TOKEN_INVALID");
}

TEST_CASE("the log tells what was shown to whom, never what was typed") {
  DeskScene scene;
  const Venue poem = scene.AddNamed("喫茶ポエム");
  auto request = RequestFor("poem@example.com");
  request.filter.municipality = "横浜市中区";
  REQUIRE(scene.desk.Search(request, 20, "").ok());

  const AuditNote note = scene.last_note();
  CHECK(note.actor == kDeskOfficer);
  CHECK(note.action == "register.searched");
  CHECK(FactOf<Names>(note, "conditions") == Names{"text", "municipality"});
  CHECK(FactOf<Names>(note, "shown") == Names{poem.id.value});
  CHECK(note.facts.size() == 2);
  CHECK(note.reason.empty());
}

TEST_CASE("an entry is got by id, by code, also a replaced one, and by certificate") {
  DeskScene scene;
  const Venue poem = scene.AddNamed("喫茶ポエム");
  REQUIRE(scene.venues
              .ReplaceCode({.venue_id = poem.id,
                            .request_id = ids::NewUuid(),
                            .new_code = ids::NewVenueCode().value,
                            .now = scene.now,
                            .grace = absl::ZeroDuration()},
                           ExampleNote("venue.code-replaced"))
              .ok());
  for (const auto& key : {poem.id.value, poem.code, scene.FileOf(poem.id).certificates[0].number}) {
    const auto file = scene.desk.Get(key, kDeskOfficer);
    REQUIRE(file.ok());
    CHECK(file->entry.venue.id == poem.id);
    CHECK(file->changes.size() == 2);
    CHECK(scene.last_note().action == "entry.read");
    CHECK(scene.last_note().subject == poem.id.value);
  }
  for (const auto& key : {ids::NewUuid(), ids::NewVenueCode().value, std::string("喫茶")}) {
    CHECK(ReasonOf(scene.desk.Get(key, kDeskOfficer).status()) == "VENUE_NOT_FOUND");
    CHECK_FALSE(FactOf<bool>(scene.last_note(), "found"));
    CHECK(scene.last_note().subject.empty());
  }
}

TEST_CASE("an export is in the log before its first entry") {
  DeskScene scene;
  for (int i = 0; i < 7; ++i) scene.Add();
  size_t count = 0;
  const auto take = [&](const std::vector<RegisterEntry>& entries) {
    CHECK(scene.last_note().action == "register.exported");
    CHECK(FactOf<int64_t>(scene.last_note(), "count") == 7);
    count += entries.size();
    return absl::OkStatus();
  };
  CHECK(scene.desk.Export(RequestFor("喫茶"), take).ok());
  CHECK(count == 7);
  CHECK(ReasonOf(scene.desk.Export(RequestFor("・"), take)) == "SEARCH_TEXT_EMPTY");
}

TEST_CASE("documents are drawn of any venue, and the log knows which") {
  DeskScene scene;
  const Venue poem = scene.Add();
  CHECK(scene.desk.Draw(DocumentKind::kPoster, poem.id, kDeskOfficer).ok());
  CHECK(scene.last_note().action == "venue.document-drawn");
  CHECK(TextFact(scene.last_note(), "document") == "poster");
  CHECK(ReasonOf(scene.desk.Draw(DocumentKind::kPoster, {ids::NewUuid()}, kDeskOfficer).status()) ==
        "VENUE_NOT_FOUND");
}

TEST_CASE("nothing is shown that cannot be audited") {
  DeskScene scene;
  const Venue poem = scene.Add();
  const auto down = absl::UnavailableError("down");
  const auto take = [](const std::vector<RegisterEntry>& /*entries*/) {
    FAIL("was handed over");
    return absl::OkStatus();
  };
  scene.audit.FailNext(down);
  CHECK(scene.desk.Search(RequestFor(""), 20, "").status() == down);
  scene.audit.FailNext(down);
  CHECK(scene.desk.Get(poem.id.value, kDeskOfficer).status() == down);
  scene.audit.FailNext(down);
  CHECK(scene.desk.Count(kDeskOfficer).status() == down);
  scene.audit.FailNext(down);
  CHECK(scene.desk.Export(RequestFor(""), take) == down);
  scene.audit.FailNext(down);
  CHECK(scene.desk.Draw(DocumentKind::kPoster, poem.id, kDeskOfficer).status() == down);
}

TEST_CASE("an unreachable register is the desk's UNAVAILABLE") {
  DeskScene scene;
  const Venue poem = scene.Add();
  const auto down = absl::UnavailableError("down");
  const auto take = [](const std::vector<RegisterEntry>& /*entries*/) { return absl::OkStatus(); };
  scene.entries.FailNext(down);
  CHECK(scene.desk.Search(RequestFor(""), 20, "").status() == down);
  scene.entries.FailNext(down);
  CHECK(scene.desk.Get(poem.id.value, kDeskOfficer).status() == down);
  scene.venues.FailNext(down);
  CHECK(scene.desk.Get(poem.code, kDeskOfficer).status() == down);
  scene.own_venues.FailNext(down);
  CHECK(scene.desk.Get(ids::NewPublicNumber().value, kDeskOfficer).status() == down);
  scene.entries.FailNext(down);
  CHECK(scene.desk.Count(kDeskOfficer).status() == down);
  scene.entries.FailNext(down);
  CHECK(scene.desk.Export(RequestFor(""), take) == down);
  scene.entries.FailNext(down);
  CHECK(scene.desk.Draw(DocumentKind::kPoster, poem.id, kDeskOfficer).status() == down);
}

}  // namespace
}  // namespace oshirase::registry

#include <algorithm>
#include <catch2/catch.hpp>

#include "absl/strings/str_join.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/text.h"
#include "services/registry/testing/example_venue.h"
#include "services/registry/testing/store_contracts.h"

namespace oshirase::registry {
namespace {

const absl::Time kNow = absl::FromUnixMicros(1'607'580'000'123'456);

Venue Add(VenueStore& store, const VenueDetails& details = ExampleDetails()) {
  auto venue = store.Insert(ExampleAddition(ExampleVenue(kNow, details)));
  REQUIRE(venue.ok());
  return *venue;
}

void CheckSame(const Venue& a, const Venue& b) {
  CHECK(a.id == b.id);
  CHECK(a.code == b.code);
  CHECK(a.details == b.details);
  CHECK(a.state == b.state);
  CHECK(a.create_time == b.create_time);
}

CodeReplacement Replacement(const VenueId& id, absl::Duration grace) {
  return {.venue_id = id,
          .request_id = ids::NewUuid(),
          .new_code = ids::NewVenueCode().value,
          .now = kNow,
          .grace = grace};
}

std::vector<std::string> NamesFound(VenueStore& store, const std::string& text, int limit = 100,
                                    int64_t offset = 0) {
  const auto words = FoldedWords(text);
  const auto found = store.Search(
      {.words = words, .whole = absl::StrJoin(words, ""), .offset = offset, .limit = limit});
  REQUIRE(found.ok());
  std::vector<std::string> names;
  for (const auto& venue : *found) names.push_back(venue.details.name);
  return names;
}

void AddNamed(VenueStore& store, const std::string& name, const std::string& address) {
  auto details = ExampleDetails();
  details.name = name;
  details.kana = "";
  details.municipality = "";
  details.address = address;
  details.phone = "";
  Add(store, details);
}

using Names = std::vector<std::string>;

void StoresEverything(VenueStore& store) {
  const Venue venue = ExampleVenue(kNow);
  const Venue event = ExampleVenue(kNow, ExampleEvent(kNow));
  for (const auto& each : {venue, event}) {
    const auto stored = store.Insert(ExampleAddition(each));
    REQUIRE(stored.ok());
    CheckSame(*stored, each);
    const auto found = store.FindByCode(each.code, kNow);
    REQUIRE(found.ok());
    REQUIRE(found->has_value());
    CheckSame(**found, each);
  }
}

void RepeatedRequest(VenueStore& store) {
  const std::string request_id = ids::NewUuid();
  const auto first = store.Insert(ExampleAddition(ExampleVenue(kNow), request_id));
  const auto second = store.Insert(ExampleAddition(ExampleVenue(kNow), request_id));
  REQUIRE(first.ok());
  REQUIRE(second.ok());
  CheckSame(*first, *second);
}

void TakenCode(VenueStore& store) {
  const Venue first = Add(store);
  Venue second = ExampleVenue(kNow);
  second.code = first.code;
  const auto status = store.Insert(ExampleAddition(second)).status();
  CHECK(absl::IsAlreadyExists(status));
  CHECK(ReasonOf(status).empty());
  auto replacement = Replacement(Add(store).id, absl::ZeroDuration());
  replacement.new_code = first.code;
  CHECK(absl::IsAlreadyExists(store.ReplaceCode(replacement, ExampleNote()).status()));
  CHECK(store.BatchGet({second.id})->empty());
}

void BatchGets(VenueStore& store) {
  const Venue venue = Add(store);
  Add(store);
  const auto found = store.BatchGet({venue.id, {ids::NewUuid()}, venue.id});
  REQUIRE(found.ok());
  REQUIRE(found->size() == 1);
  CheckSame(found->front(), venue);
  CHECK(store.BatchGet({})->empty());
}

void ReplacesCodes(VenueStore& store) {
  const Venue venue = Add(store);
  const auto graced = store.ReplaceCode(Replacement(venue.id, absl::Hours(2)), ExampleNote());
  REQUIRE(graced.ok());
  CHECK(store.FindByCode(venue.code, kNow + absl::Hours(1))->has_value());
  CHECK_FALSE(store.FindByCode(venue.code, kNow + absl::Hours(2))->has_value());

  const auto last = store.ReplaceCode(Replacement(venue.id, absl::ZeroDuration()), ExampleNote());
  REQUIRE(last.ok());
  CHECK_FALSE(store.FindByCode(venue.code, kNow)->has_value());
  CHECK_FALSE(store.FindByCode(graced->code, kNow)->has_value());
  CHECK(store.FindByCode(last->code, kNow)->has_value());
  CHECK((*store.FindByAnyCode(venue.code))->code == last->code);
  CHECK_FALSE(store.FindByAnyCode(ids::NewVenueCode().value)->has_value());
}

void RepeatedReplacement(VenueStore& store) {
  const Venue venue = Add(store);
  auto replacement = Replacement(venue.id, absl::ZeroDuration());
  const auto first = store.ReplaceCode(replacement, ExampleNote());
  replacement.new_code = ids::NewVenueCode().value;
  const auto second = store.ReplaceCode(replacement, ExampleNote());
  REQUIRE(second.ok());
  CHECK(second->code == first->code);
  replacement.venue_id = Add(store).id;
  CHECK(ReasonOf(store.ReplaceCode(replacement, ExampleNote()).status()) == "REQUEST_ID_REUSED");
  replacement.venue_id = {ids::NewUuid()};
  CHECK(ReasonOf(store.ReplaceCode(replacement, ExampleNote()).status()) == "VENUE_NOT_FOUND");
}

void SetsStates(VenueStore& store) {
  const Venue venue = Add(store);
  const auto to = [&](VenueState state) {
    return StateChange{
        .venue_id = venue.id, .state = state, .now = kNow, .note = ExampleNote("venue.changed")};
  };
  for (const auto state : {VenueState::kClosed, VenueState::kSuspended, VenueState::kOpen}) {
    const auto set = store.SetState(to(state));
    REQUIRE(set.ok());
    CHECK(set->state == state);
    CHECK((*store.FindByCode(venue.code, kNow))->state == state);
  }
  auto nobody = to(VenueState::kOpen);
  nobody.venue_id = {ids::NewUuid()};
  CHECK(ReasonOf(store.SetState(nobody).status()) == "VENUE_NOT_FOUND");
}

void Searches(VenueStore& store) {
  AddNamed(store, "ラーメン太郎", "横浜市中区1-2-3");
  AddNamed(store, "ﾗｰﾒﾝ花", "川崎市幸区9");
  AddNamed(store, "Cafe Poem", "横浜市西区4");
  CHECK(NamesFound(store, "らーめん") == Names{"ラーメン太郎", "ﾗｰﾒﾝ花"});
  CHECK(NamesFound(store, "らーめん 横浜") == Names{"ラーメン太郎"});
  CHECK(NamesFound(store, "ＣＡＦＥＰＯＥＭ") == Names{"Cafe Poem"});
  CHECK(NamesFound(store, "１２３") == Names{"ラーメン太郎"});
  CHECK(NamesFound(store, "花") == Names{"ﾗｰﾒﾝ花"});
  CHECK(NamesFound(store, "太郎横浜").empty());  // no word runs over two fields
  CHECK(NamesFound(store, "ラ%ン").empty());     // no wildcards
}

void RanksAndPages(VenueStore& store) {
  AddNamed(store, "海の家", "ポエム通り1");
  AddNamed(store, "喫茶ポエム", "横浜市1");
  AddNamed(store, "ポエム二号店", "横浜市2");
  AddNamed(store, "ポエム", "横浜市3");
  CHECK(NamesFound(store, "ぽえむ") == Names{"ポエム", "ポエム二号店", "喫茶ポエム", "海の家"});
  CHECK(NamesFound(store, "ぽえむ", 2) == Names{"ポエム", "ポエム二号店"});
  CHECK(NamesFound(store, "ぽえむ", 2, 2) == Names{"喫茶ポエム", "海の家"});
  CHECK(NamesFound(store, "ぽえむ", 2, 4).empty());
}

}  // namespace

const Contract<VenueStore>& VenueStoreContract() {
  static const Contract<VenueStore> cases = {
      {"what is stored is found again as it was", StoresEverything},
      {"a repeated request id returns the first venue", RepeatedRequest},
      {"a code that is taken stores nothing", TakenCode},
      {"a batch leaves out the unknown and repeats nothing", BatchGets},
      {"a replaced code ends with its grace, and an earlier one no later", ReplacesCodes},
      {"a repeated replacement changes nothing", RepeatedReplacement},
      {"a state is set and read back", SetsStates},
      {"a search finds what contains all words, however written", Searches},
      {"the best match comes first, a page at a time", RanksAndPages},
  };
  return cases;
}

}  // namespace oshirase::registry

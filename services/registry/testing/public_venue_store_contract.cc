#include <algorithm>
#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "common/ids/public_number.h"
#include "services/registry/domain/text.h"
#include "services/registry/testing/desk_contracts.h"
#include "services/registry/testing/example_business.h"

namespace oshirase::registry {
namespace {

using Names = std::vector<std::string>;

VenueDetails Listed(const std::string& name, const std::string& kind = "restaurant") {
  auto details = ExampleDetails();
  details.name = name;
  details.kana = "";
  details.kind = kind;
  details.listed = true;
  return details;
}

Venue Add(PublicStores& stores, const VenueDetails& details) {
  const Venue venue = ExampleVenue(kExampleNow, details);
  const auto stored = stores.stores.venues.Insert(ExampleAddition(venue));
  REQUIRE(stored.ok());
  return *stored;
}

ListedQuery QueryOf(const std::string& text, const std::string& kind = "") {
  ListedQuery query{.words = FoldedWords(text), .whole = "", .kind = kind, .limit = 10};
  for (const auto& word : query.words) query.whole += word;
  return query;
}

ListedMatches Find(PublicStores& stores, const ListedQuery& query) {
  const auto matches = stores.published.Search(query);
  REQUIRE(matches.ok());
  return *matches;
}

Names NamesOf(const std::vector<ListedVenue>& venues) {
  Names names;
  for (const auto& venue : venues) names.push_back(venue.name);
  return names;
}

void TellsOfCertificates(PublicStores& stores) {
  const OwnVenue own = FindOwn(stores.stores, RegisterByLink(stores.stores));

  const auto found = stores.published.FindCertificate(own.certificate->number);

  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->certificate.sheet == own.certificate->sheet);
  CHECK((*found)->certificate.state == CertificateState::kCurrent);
  CHECK((*found)->certificate.issue_time == own.certificate->issue_time);
  CHECK((*found)->newest_number == own.certificate->number);
  CHECK((*found)->venue_state == VenueState::kOpen);
  CHECK_FALSE((*found)->may_show_address);
  CHECK_FALSE((*found)->inspect_time.has_value());
  CHECK_FALSE(stores.published.FindCertificate(ids::NewPublicNumber().value)->has_value());
}

void TellsOfOldCertificates(PublicStores& stores) {
  const OwnVenue own = FindOwn(stores.stores, RegisterByLink(stores.stores));
  auto details = own.venue.details;
  details.name = "喫茶ポエム本店";
  details.listed = true;
  const auto update = ExampleUpdate(own, details);
  REQUIRE(stores.stores.own_venues.Update(update).ok());
  REQUIRE(stores.stores.venues
              .SetState({.venue_id = own.venue.id,
                         .state = VenueState::kSuspended,
                         .now = kExampleNow,
                         .note = ExampleNote("venue.shut")})
              .ok());

  const auto old = stores.published.FindCertificate(own.certificate->number);

  REQUIRE(old.ok());
  REQUIRE(old->has_value());
  CHECK((*old)->certificate.state == CertificateState::kSuperseded);
  CHECK((*old)->certificate.sheet.venue_name == "喫茶ポエム");
  CHECK((*old)->newest_number == update.certificate->number);
  CHECK((*old)->venue_state == VenueState::kSuspended);
  CHECK((*old)->may_show_address);
}

void ListsWhoAgreed(PublicStores& stores) {
  auto event = Listed("港まつり", "event");
  event.event_start = absl::FromUnixSeconds(1'610'000'000);
  event.event_end = *event.event_start + absl::Hours(8);
  const Venue listed = Add(stores, event);
  Add(stores, ExampleDetails());
  auto drill = Listed("訓練の店");
  drill.drill = true;
  Add(stores, drill);
  const Venue closed = Add(stores, Listed("閉じた店"));
  REQUIRE(stores.stores.venues
              .SetState({.venue_id = closed.id,
                         .state = VenueState::kClosed,
                         .now = kExampleNow,
                         .note = ExampleNote("venue.closed")})
              .ok());

  const auto matches = Find(stores, QueryOf(""));

  CHECK(matches.match_count == 1);
  REQUIRE(matches.venues.size() == 1);
  const ListedVenue& shown = matches.venues[0];
  const VenueDetails& details = listed.details;
  CHECK(shown == ListedVenue{.id = listed.id,
                             .name = details.name,
                             .kana = details.kana,
                             .kind = details.kind,
                             .postal_code = details.postal_code,
                             .municipality = details.municipality,
                             .address = details.address,
                             .phone = details.phone,
                             .certificate_number = shown.certificate_number,
                             .issue_time = kExampleNow,
                             .event_start = details.event_start,
                             .event_end = details.event_end,
                             .inspect_time = std::nullopt});
  CHECK((*stores.published.FindCertificate(shown.certificate_number))->certificate.venue_id ==
        listed.id);
  CHECK(Find(stores, QueryOf("閉じた")).match_count == 0);
}

void FindsByWords(PublicStores& stores) {
  Add(stores, Listed("みなと食堂"));
  Add(stores, Listed("みなと"));
  Add(stores, Listed("新みなと食堂", "cinema"));
  auto elsewhere = Listed("やまと食堂");
  elsewhere.municipality = "湊市";
  elsewhere.address = "１−２−３";
  Add(stores, elsewhere);

  CHECK(NamesOf(Find(stores, QueryOf("ミナト")).venues) ==
        Names{"みなと", "みなと食堂", "新みなと食堂"});
  CHECK(NamesOf(Find(stores, QueryOf("食堂　みなと")).venues) ==
        Names{"みなと食堂", "新みなと食堂"});
  CHECK(NamesOf(Find(stores, QueryOf("みなと", "cinema")).venues) == Names{"新みなと食堂"});
  CHECK(NamesOf(Find(stores, QueryOf("湊市1-2")).venues) == Names{"やまと食堂"});
  CHECK(Find(stores, QueryOf("みなと", "hotel")).match_count == 0);
  CHECK(Find(stores, QueryOf("100%")).venues.empty());
}

void ReadsPages(PublicStores& stores) {
  for (const auto* name : {"は", "い", "ろ", "に"}) Add(stores, Listed(name, "cinema"));
  Add(stores, Listed("ほ"));
  for (const std::string text : {"", "日本大通"}) {
    INFO(text);
    ListedQuery query = QueryOf(text, "cinema");
    query.limit = 3;
    const auto first = Find(stores, query);
    CHECK(NamesOf(first.venues) == Names{"い", "に", "は"});
    CHECK(first.match_count == 4);
    query.offset = 3;
    CHECK(NamesOf(Find(stores, query).venues) == Names{"ろ"});
    query.offset = 6;
    CHECK(Find(stores, query).venues.empty());
    CHECK(Find(stores, query).match_count == 4);
  }
  CHECK(Find(stores, QueryOf("")).match_count == 5);
}

void ReadsAll(PublicStores& stores) {
  std::vector<VenueId> ids;
  for (int i = 0; i < 7; ++i) ids.push_back(Add(stores, Listed(absl::StrCat(i, "号店"))).id);
  Add(stores, ExampleDetails());
  std::sort(ids.begin(), ids.end());
  std::vector<size_t> batches;
  std::vector<VenueId> read;

  const auto done = stores.published.ReadListed(3, [&](std::span<const ListedVenue> venues) {
    batches.push_back(venues.size());
    for (const auto& venue : venues) read.push_back(venue.id);
    return absl::OkStatus();
  });

  CHECK(done.ok());
  CHECK(batches == std::vector<size_t>{3, 3, 1});
  CHECK(read == ids);
  int calls = 0;
  const auto stopped = stores.published.ReadListed(3, [&](std::span<const ListedVenue>) {
    ++calls;
    return absl::CancelledError("gone");
  });
  CHECK(absl::IsCancelled(stopped));
  CHECK(calls == 1);
}

}  // namespace

const Contract<PublicStores>& PublicVenueStoreContract() {
  static const Contract<PublicStores> cases = {
      {"a certificate is found by its number", TellsOfCertificates},
      {"a certificate that holds no more is found, and the one that does", TellsOfOldCertificates},
      {"only open venues that agreed are listed, and no drills", ListsWhoAgreed},
      {"venues are found by words in any spelling, best match first", FindsByWords},
      {"pages go by name and tell how many match in all", ReadsPages},
      {"all listed venues are read in batches, by id", ReadsAll},
  };
  return cases;
}

}  // namespace oshirase::registry

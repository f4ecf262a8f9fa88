#include <algorithm>
#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/domain/text.h"
#include "services/registry/testing/example_business.h"
#include "services/registry/testing/register_contracts.h"

namespace oshirase::registry {

Venue AddVenue(RegisterStores& stores, const VenueDetails& details, absl::Time create_time) {
  const auto stored =
      stores.business.venues.Insert(ExampleAddition(ExampleVenue(create_time, details)));
  REQUIRE(stored.ok());
  return *stored;
}

EntryFile FileOf(RegisterStores& stores, const VenueId& id) {
  auto file = stores.entries.ReadFile(id);
  REQUIRE(file.ok());
  REQUIRE(file->has_value());
  return **std::move(file);
}

std::vector<std::string> HistoryOf(RegisterStores& stores, const VenueId& id) {
  std::vector<std::string> lines;
  for (const auto& change : FileOf(stores, id).changes)
    lines.push_back(change.action + " by " + change.actor);
  return lines;
}

std::string LastAction(RegisterStores& stores) {
  const auto entries = stores.audit.List(0, 100);
  REQUIRE(entries.ok());
  return entries->empty() ? "" : entries->back().action;
}

AuditNote DeskNote(const std::string& action, const std::string& reason) {
  return {.actor = "officer/desk-a",
          .action = action,
          .subject = ids::NewUuid(),
          .facts = {},
          .reason = reason};
}

namespace {

using Names = std::vector<std::string>;

Names NamesOf(const std::vector<RegisterEntry>& entries) {
  Names names;
  for (const auto& entry : entries) names.push_back(entry.venue.details.name);
  return names;
}

Names Find(RegisterStores& stores, const RegisterFilter& filter) {
  const auto entries = stores.entries.Search(filter, std::nullopt, 50);
  REQUIRE(entries.ok());
  return NamesOf(*entries);
}

// Three venues, each different in everything, a day apart from kExampleNow on.
std::vector<Venue> AddThree(RegisterStores& stores) {
  auto first = ExampleDetails();
  first.name = "らーめん太郎";
  first.municipality = "横浜市中区";
  first.email = "taro@example.com";
  auto second = ExampleDetails();
  second.name = "シネマ花";
  second.kana = "シネマハナ";
  second.kind = "cinema";
  second.municipality = "川崎市幸区";
  second.phone = "044-200-0000";
  second.email = "hana.cinema@example.jp";
  auto third = ExampleDetails();
  third.name = "ラーメン次郎";
  third.municipality = "";
  third.address = "相模原市中央1";
  third.email = "jiro@example.com";
  return {AddVenue(stores, first, kExampleNow),
          AddVenue(stores, second, kExampleNow + absl::Hours(24)),
          AddVenue(stores, third, kExampleNow + absl::Hours(48))};
}

void FindsByWords(RegisterStores& stores) {
  AddThree(stores);
  const auto find = [&](const std::string& text) {
    RegisterFilter filter;
    filter.words = FoldedWords(text);
    return Find(stores, filter);
  };
  CHECK(find("らーめん") == Names{"ラーメン次郎", "らーめん太郎"});
  CHECK(find("ラーメン 横浜") == Names{"らーめん太郎"});
  CHECK(find("川崎市幸区日本大通") == Names{"シネマ花"});
  CHECK(find("ハナ 0442000000") == Names{"シネマ花"});
  CHECK(find("hana.cinema@example.jp") == Names{"シネマ花"});
  CHECK(find("ラーメン JIRO@") == Names{"ラーメン次郎"});
  CHECK(find("寿司").empty());
}

void Filters(RegisterStores& stores) {
  const auto venues = AddThree(stores);
  REQUIRE(stores.business.venues
              .SetState({.venue_id = venues[0].id,
                         .state = VenueState::kSuspended,
                         .now = kExampleNow,
                         .note = DeskNote("venue.suspended", "苦情")})
              .ok());
  const Names all{"ラーメン次郎", "シネマ花", "らーめん太郎"};
  CHECK(Find(stores, {}) == all);
  CHECK(Find(stores, {.venue_id = venues[1].id}) == Names{"シネマ花"});
  CHECK(Find(stores, {.kind = "cinema"}) == Names{"シネマ花"});
  CHECK(Find(stores, {.municipality = "横浜市中区"}) == Names{"らーめん太郎"});
  CHECK(Find(stores, {.state = VenueState::kSuspended}) == Names{"らーめん太郎"});
  CHECK(Find(stores, {.state = VenueState::kOpen}) == Names{"ラーメン次郎", "シネマ花"});
  const absl::Time second = kExampleNow + absl::Hours(24);
  CHECK(Find(stores, {.created_from = second}) == Names{"ラーメン次郎", "シネマ花"});
  CHECK(Find(stores, {.created_before = second}) == Names{"らーめん太郎"});
  CHECK(Find(stores, {.words = {"ラメン"}, .state = VenueState::kOpen}) == Names{"ラーメン次郎"});
  CHECK(Find(stores, {.words = {"ラメン"}, .kind = "cinema"}).empty());
}

void Pages(RegisterStores& stores) {
  // Registered in the same moment, so only their ids tell them apart.
  for (int i = 0; i < 5; ++i) AddVenue(stores, ExampleDetails(), kExampleNow);
  std::vector<VenueId> seen;
  std::optional<VenueCursor> after;
  for (;;) {
    const auto page = stores.entries.Search({.words = {"喫茶"}}, after, 2);
    REQUIRE(page.ok());
    if (page->empty()) break;
    for (const auto& entry : *page) seen.push_back(entry.venue.id);
    after = VenueCursor{.create_time = kExampleNow, .venue_id = seen.back()};
  }
  CHECK(seen.size() == 5);
  CHECK(std::is_sorted(seen.rbegin(), seen.rend()));
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

void KeepsWhatBusinessesDo(RegisterStores& stores) {
  auto& own_venues = stores.business.own_venues;
  const OwnVenue own = FindOwn(stores.business, RegisterByLink(stores.business));
  auto details = own.venue.details;
  details.name = "喫茶ポエム本店";
  details.phone = "";
  auto update = ExampleUpdate(own, details);
  update.note = {.actor = "api-key/" + ids::NewUuid(),
                 .action = "venue.changed",
                 .subject = "",
                 .facts = {{"fields", update.fields}}};
  REQUIRE(own_venues.Update(update).ok());
  AuditNote closed = ExampleNote("venue.closed");
  closed.actor = "business/" + ids::NewUuid();
  REQUIRE(own_venues
              .SetOwnState({.venue_id = own.venue.id,
                            .business_id = own.venue.business_id,
                            .state = VenueState::kClosed,
                            .now = kExampleNow,
                            .note = closed})
              .ok());
  AuditNote replaced = closed;
  replaced.action = "venue.code-replaced";
  REQUIRE(stores.business.venues
              .ReplaceCode({.venue_id = own.venue.id,
                            .request_id = ids::NewUuid(),
                            .new_code = ids::NewVenueCode().value,
                            .now = kExampleNow,
                            .grace = absl::Hours(1)},
                           replaced)
              .ok());

  const EntryFile file = FileOf(stores, own.venue.id);

  CHECK(HistoryOf(stores, own.venue.id) ==
        std::vector<std::string>{"code-replaced by business", "closed by business",
                                 "changed by business-api", "registered by business"});
  CHECK(file.changes[2].fields == std::vector<std::string>{"name", "phone"});
  CHECK(file.changes[2].time == update.now);
  REQUIRE(file.certificates.size() == 2);
  CHECK(file.certificates[0] == SummaryOf(*update.certificate));
  CHECK(file.certificates[1].state == CertificateState::kSuperseded);
  CHECK(file.entry.certificate == file.certificates[0]);
  CHECK(file.measures == update.certificate->sheet.measures);
  CHECK(file.entry.venue.details == details);
  CHECK_FALSE(file.entry.inspect_time.has_value());
}

void FindsVenuesWhole(RegisterStores& stores) {
  const Venue venue = AddVenue(stores, ExampleDetails(), kExampleNow);
  const auto found = stores.entries.FindVenue(venue.id);
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->venue.details == ExampleDetails());
  CHECK((*found)->certificate->sheet.venue_name == ExampleDetails().name);
  CHECK_FALSE(stores.entries.FindVenue({ids::NewUuid()})->has_value());
  CHECK_FALSE(stores.entries.ReadFile({ids::NewUuid()})->has_value());
}

void Counts(RegisterStores& stores) {
  CHECK(stores.entries.Count()->by_kind.empty());
  AddThree(stores);
  // 2020-12-31 15:00 in UTC is 2021 in Japan.
  const Venue last = AddVenue(stores, ExampleDetails(), absl::FromUnixSeconds(1'609'426'800));
  REQUIRE(stores.business.venues
              .SetState({.venue_id = last.id,
                         .state = VenueState::kClosed,
                         .now = kExampleNow,
                         .note = DeskNote("venue.closed", "廃業")})
              .ok());

  const auto counts = stores.entries.Count();

  REQUIRE(counts.ok());
  using Counted = std::vector<RegisterCount>;
  CHECK(counts->by_kind == Counted{{"restaurant", 3}, {"cinema", 1}});
  CHECK(counts->by_municipality == Counted{{"横浜市中区", 2}, {"", 1}, {"川崎市幸区", 1}});
  CHECK(counts->by_state == Counted{{"closed", 1}, {"open", 3}});
  CHECK(counts->by_month == Counted{{"2020-12", 3}, {"2021-01", 1}});
}

void Exports(RegisterStores& stores) {
  AddThree(stores);
  int64_t announced = -1;
  Names names;
  const auto begin = [&](int64_t count) {
    announced = count;
    return absl::OkStatus();
  };
  const auto take = [&](const std::vector<RegisterEntry>& entries) {
    for (const auto& name : NamesOf(entries)) names.push_back(name);
    return absl::OkStatus();
  };

  REQUIRE(stores.entries.Export({}, {.begin = begin, .take = take}).ok());
  CHECK(announced == 3);
  CHECK(names == Names{"らーめん太郎", "シネマ花", "ラーメン次郎"});

  names.clear();
  REQUIRE(stores.entries.Export({.words = {"ラメン"}}, {.begin = begin, .take = take}).ok());
  CHECK(announced == 2);
  CHECK(names == Names{"らーめん太郎", "ラーメン次郎"});
}

void ExportsOneMoment(RegisterStores& stores) {
  AddThree(stores);
  size_t count = 0;
  const auto begin = [&](int64_t /*count*/) {
    AddVenue(stores, ExampleDetails(), kExampleNow + absl::Hours(1));
    return absl::OkStatus();
  };
  const auto take = [&](const std::vector<RegisterEntry>& entries) {
    count += entries.size();
    return absl::OkStatus();
  };
  REQUIRE(stores.entries.Export({}, {.begin = begin, .take = take}).ok());
  CHECK(count == 3);
}

void ExportsEndWithTheSink(RegisterStores& stores) {
  AddThree(stores);
  const auto gone = absl::CancelledError("gone");
  int taken = 0;
  const auto refuse = [&](int64_t /*count*/) { return gone; };
  const auto accept = [](int64_t /*count*/) { return absl::OkStatus(); };
  const auto take = [&](const std::vector<RegisterEntry>& /*entries*/) {
    ++taken;
    return gone;
  };
  CHECK(stores.entries.Export({}, {.begin = refuse, .take = take}) == gone);
  CHECK(taken == 0);
  CHECK(stores.entries.Export({}, {.begin = accept, .take = take}) == gone);
  CHECK(taken == 1);
}

}  // namespace

const Contract<RegisterStores>& RegisterStoreContract() {
  static const auto& contract = *new Contract<RegisterStores>{
      {"entries are found by words of every field", FindsByWords},
      {"all conditions of a filter must hold", Filters},
      {"pages are without gap or repetition", Pages},
      {"an entry's history tells what its business did", KeepsWhatBusinessesDo},
      {"a venue is found whole, whosoever it is", FindsVenuesWhole},
      {"the register is counted four ways", Counts},
      {"an export tells how many there are and hands over all, oldest first", Exports},
      {"an export shows one moment", ExportsOneMoment},
      {"a failure of the sink ends an export", ExportsEndWithTheSink},
  };
  return contract;
}

}  // namespace oshirase::registry

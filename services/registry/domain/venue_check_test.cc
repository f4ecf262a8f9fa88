#include "services/registry/domain/venue_check.h"

#include <catch2/catch.hpp>
#include <functional>

#include "services/registry/testing/example_venue.h"

namespace oshirase::registry {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'607'580'000);  // 2020-12-10 15:00 in Japan

std::string Repeat(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

FieldViolations Check(VenueDetails& details) {
  return CheckVenueDetails(details, {.catalogue = ExampleCatalogue(), .now = kNow});
}

struct Wrong {
  const char* what;
  const char* field;
  const char* reason;
  std::function<void(VenueDetails&)> change;
};

const std::vector<Wrong>& WrongTexts() {
  static const std::vector<Wrong> wrongs = {
      {"no name", "details.name", "REQUIRED", [](auto& d) { d.name = " 　"; }},
      {"101 characters of name", "details.name", "TOO_LONG",
       [](auto& d) { d.name = Repeat("店", 101); }},
      {"a name of endless accents", "details.name", "TOO_LONG",
       [](auto& d) { d.name = "a" + Repeat("\xCC\x81", 2000); }},
      {"a name of which nothing can be seen", "details.name", "INVISIBLE",
       [](auto& d) { d.name = "\xE2\x80\x8B\xE2\x81\xA0"; }},
      {"a line break in a name", "details.name", "CONTROL_CHARACTER",
       [](auto& d) { d.name = "喫茶\n店"; }},
      {"a name that is not UTF-8", "details.name", "NOT_UTF8", [](auto& d) { d.name = "\xFF"; }},
      {"101 characters of kana", "details.kana", "TOO_LONG",
       [](auto& d) { d.kana = Repeat("ア", 101); }},
      {"no kind", "details.kind", "REQUIRED", [](auto& d) { d.kind = ""; }},
      {"a kind that is none", "details.kind", "UNKNOWN_KIND", [](auto& d) { d.kind = "pub"; }},
      {"six digits of postal code", "details.postal_code", "BAD_POSTAL_CODE",
       [](auto& d) { d.postal_code = "231858"; }},
      {"a hyphen in the postal code", "details.postal_code", "BAD_POSTAL_CODE",
       [](auto& d) { d.postal_code = "231-8588"; }},
      {"no address", "details.address", "REQUIRED", [](auto& d) { d.address = ""; }},
      {"201 characters of address", "details.address", "TOO_LONG",
       [](auto& d) { d.address = Repeat("区", 201); }},
      {"a telephone number of words", "details.phone", "BAD_PHONE",
       [](auto& d) { d.phone = "call me maybe"; }},
      {"41 characters of telephone", "details.phone", "TOO_LONG",
       [](auto& d) { d.phone = Repeat("1", 41); }},
      {"no e-mail address", "details.email", "REQUIRED", [](auto& d) { d.email = ""; }},
      {"an e-mail address without a domain", "details.email", "BAD_EMAIL",
       [](auto& d) { d.email = "poem@localhost"; }},
      {"an e-mail address with a header in it", "details.email", "BAD_EMAIL",
       [](auto& d) { d.email = "a@example.com,b@example.com"; }},
      {"255 characters of e-mail", "details.email", "TOO_LONG",
       [](auto& d) { d.email = Repeat("a", 243) + "@example.com"; }},
      {"31 measures", "details.measures", "TOO_MANY",
       [](auto& d) { d.own_measures.assign(29, "換気"); }},
      {"no measure", "details.measures", "REQUIRED",
       [](auto& d) {
         d.measure_ids.clear();
         d.own_measures.clear();
       }},
      {"a measure of no catalogue", "details.measure_ids[1]", "UNKNOWN_MEASURE",
       [](auto& d) { d.measure_ids[1] = "amulets"; }},
      {"a measure twice", "details.measure_ids[1]", "TWICE",
       [](auto& d) { d.measure_ids[1] = d.measure_ids[0]; }},
      {"an empty measure", "details.own_measures[0]", "REQUIRED",
       [](auto& d) { d.own_measures[0] = ""; }},
      {"101 characters of a measure", "details.own_measures[0]", "TOO_LONG",
       [](auto& d) { d.own_measures[0] = Repeat("気", 101); }},
      {"41 characters of municipality", "details.municipality", "TOO_LONG",
       [](auto& d) { d.municipality = Repeat("市", 41); }},
      {"a parent that is no id", "details.parent_venue_id", "NOT_A_UUID",
       [](auto& d) { d.parent_venue_id = "1"; }},
  };
  return wrongs;
}

const std::vector<Wrong>& WrongDates() {
  static const std::vector<Wrong> wrongs = {
      {"an event without a start", "details.event_start_time", "REQUIRED",
       [](auto& d) { d.event_start.reset(); }},
      {"an event without an end", "details.event_end_time", "REQUIRED",
       [](auto& d) { d.event_end.reset(); }},
      {"an event that ends as it starts", "details.event_end_time", "NOT_AFTER_START",
       [](auto& d) { d.event_end = d.event_start; }},
      {"an event of 31 days and a second", "details.event_end_time", "EVENT_TOO_LONG",
       [](auto& d) { d.event_end = *d.event_start + kMaxEventLength + absl::Seconds(1); }},
      {"an event that is over", "details.event_end_time", "EVENT_OVER",
       [](auto& d) {
         d.event_start = kNow - absl::Hours(2);
         d.event_end = kNow;
       }},
      {"an event that begins within a second", "details.event_start_time", "NOT_WHOLE_SECONDS",
       [](auto& d) { *d.event_start += absl::Milliseconds(1); }},
      {"an event that ends within a second", "details.event_end_time", "NOT_WHOLE_SECONDS",
       [](auto& d) { *d.event_end += absl::Milliseconds(1); }},
  };
  return wrongs;
}

void CheckOnlyWrong(VenueDetails details, const Wrong& wrong) {
  wrong.change(details);
  const auto violations = Check(details);
  REQUIRE(violations.size() == 1);
  CHECK(violations[0].field == wrong.field);
  CHECK(violations[0].reason == wrong.reason);
}

TEST_CASE("each wrong text is told by its field") {
  for (const auto& wrong : WrongTexts()) {
    DYNAMIC_SECTION(wrong.what) { CheckOnlyWrong(ExampleDetails(), wrong); }
  }
}

TEST_CASE("each wrong date of an event is told by its field") {
  for (const auto& wrong : WrongDates()) {
    DYNAMIC_SECTION(wrong.what) { CheckOnlyWrong(ExampleEvent(kNow + absl::Hours(1)), wrong); }
  }
}

TEST_CASE("only an event has dates") {
  auto details = ExampleDetails();
  details.event_start = kNow;
  details.event_end = kNow + absl::Hours(1);

  const auto violations = Check(details);

  REQUIRE(violations.size() == 2);
  CHECK(violations[0].reason == "NOT_AN_EVENT");
  CHECK(violations[1].reason == "NOT_AN_EVENT");
}

TEST_CASE("everything wrong is told at once") {
  VenueDetails details;
  details.postal_code = "x";

  CHECK(Check(details).size() == 6);  // name, kind, postal code, address, e-mail, measures
}

TEST_CASE("the largest details that are right are right") {
  auto details = ExampleEvent(kNow);
  details.name = Repeat("👨‍👩‍👧‍👦", 100);
  details.kana = Repeat("ア", 100);
  details.municipality = "";
  details.address = Repeat("区", 200);
  details.event_end = kNow + kMaxEventLength;
  details.measure_ids.clear();
  details.own_measures.assign(30, Repeat("気", 100));
  details.phone = "＋８１（４５）２１０−１１１１";

  CHECK(Check(details).empty());
}

TEST_CASE("texts are trimmed and otherwise kept as typed") {
  auto details = ExampleDetails();
  details.name = "　喫茶　ﾎﾟｴﾑ ";

  CHECK(Check(details).empty());
  CHECK(details.name == "喫茶　ﾎﾟｴﾑ");
}

TEST_CASE("the fields of a row are named after it") {
  auto details = ExampleDetails();
  details.name = "";

  const auto violations = CheckVenueDetails(
      details, {.catalogue = ExampleCatalogue(), .now = kNow, .prefix = "rows[3]."});

  REQUIRE(violations.size() == 1);
  CHECK(violations[0].field == "rows[3].name");
}

TEST_CASE("a retired measure is offered to nobody") {
  auto details = ExampleDetails();
  details.measure_ids = {"gloves"};

  const auto violations = Check(details);

  REQUIRE(violations.size() == 1);
  CHECK(violations[0].reason == "UNKNOWN_MEASURE");
}

TEST_CASE("municipality and address stand on one line, and have room for it together") {
  auto details = ExampleDetails();
  details.municipality = Repeat("市", 40);
  details.address = Repeat("区", 160);
  CHECK(Check(details).empty());
  details.address += "1";
  REQUIRE(Check(details).size() == 1);
  CHECK(Check(details)[0].field == "details.address");
}

}  // namespace
}  // namespace oshirase::registry

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/log/testing/captured_log.h"
#include "common/status/errors.h"
#include "services/gateway/testing/site.h"

namespace oshirase::gateway {
namespace {

// What one page of the form sends: its draft, its name and what was typed.
Fields Typed(const HttpResponse& page, const std::string& step, const Fields& typed) {
  Fields fields = {{"draft", HiddenField(page, "draft")}, {"step", step}};
  if (Has(page, "name=\"changing\"")) fields.emplace_back("changing", "yes");
  fields.insert(fields.end(), typed.begin(), typed.end());
  return fields;
}

std::string Header(const HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

// The check page after filling in everything.
HttpResponse CheckPage(Site& site) { return site.Post("/register/check", GoodAnswers()); }

Fields Sent(const HttpResponse& check) { return Typed(check, "check", {}); }

TEST_CASE("the first page offers twenty industries, and each page leads to the next") {
  Site site;
  const HttpResponse industry = site.Get("/register");
  CHECK(industry.status == 200);
  CHECK(Has(industry, "value=\"clinic\""));
  CHECK(Has(industry, "action=\"/register/venue\""));

  const HttpResponse venue =
      site.Post("/register/venue", Typed(industry, "industry", {{"kind", "bar"}}));
  CHECK(venue.status == 200);
  for (const char* name : {"name", "kana", "postal_code", "municipality", "address", "phone"}) {
    CHECK(Has(venue, absl::StrCat("<label class=\"label\" for=\"", name, "\"")));
    CHECK(Has(venue, absl::StrCat("id=\"", name, "\" name=\"", name, "\"")));
  }
  CHECK_FALSE(Has(venue, "event_start_time"));

  const HttpResponse measures = site.Post(
      "/register/measures", Typed(venue, "venue", {{"name", "酒場"}, {"address", "本町1"}}));
  CHECK(measures.status == 200);
  CHECK(Has(measures, "name=\"measure_ids\""));

  const HttpResponse contact =
      site.Post("/register/contact", Typed(measures, "measures", {{"measures", "換気"}}));
  CHECK(contact.status == 200);
  const HttpResponse check = site.Post(
      "/register/check", Typed(contact, "contact", {{"email", "a@b.jp"}, {"listed", "yes"}}));
  CHECK(check.status == 200);
  for (const char* answer : {"酒場", "本町1", "換気", "a@b.jp"}) CHECK(Has(check, answer));
  CHECK(site.business.registrations().empty());

  const HttpResponse sent = site.Post("/register", Sent(check));
  const HttpResponse mailbox = site.Get(Site::LocationOf(sent));
  CHECK(mailbox.status == 200);
  CHECK(Has(mailbox, "a@b.jp"));
  CHECK(Has(mailbox, "1234-5678"));
  REQUIRE(site.business.registrations().size() == 1);
  const VenueDetails details = site.business.registrations().begin()->second;
  CHECK(details.kind == "bar");
  CHECK(details.own_measures == std::vector<std::string>{"換気"});
  CHECK(details.listed);
}

TEST_CASE("an event is asked for its dates") {
  Site site;
  const HttpResponse venue = site.Post("/register/venue", {{"kind", "event"}});
  CHECK(Has(venue, "type=\"datetime-local\" id=\"event_start_time\""));
  const HttpResponse wrong =
      site.Post("/register/measures", Typed(venue, "venue", {{"name", "花火"}, {"address", "港"}}));
  CHECK(wrong.status == 422);
  CHECK(Has(wrong, "href=\"#event_start_time\""));
}

TEST_CASE(
    "a page with problems comes back as 422, with values, a summary and the same words twice") {
  Site site;
  const HttpResponse venue = site.Post("/register/venue", {{"kind", "bar"}});
  const HttpResponse page = site.Post(
      "/register/measures",
      Typed(venue, "venue", {{"name", "\"><script>alert(1)</script>{{draft}}"}, {"phone", "12"}}));
  CHECK(page.status == 422);
  CHECK(Has(page, "<title>エラー："));
  CHECK(Has(page, "role=\"alert\""));
  CHECK(Has(page, "<a href=\"#phone\">電話番号は"));
  CHECK(Has(page, "id=\"phone-problem\""));
  CHECK(Has(page, "aria-invalid=\"true\""));
  CHECK(Has(page, "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{draft}}"));
  CHECK_FALSE(Has(page, "<script>"));
  CHECK(Has(page, "<a href=\"#address\">"));
}

TEST_CASE("a page that is skipped is asked for first") {
  Site site;
  CHECK(Has(site.Post("/register/check", {}), "href=\"#kind\""));
  CHECK(Has(site.Post("/register/contact", {{"kind", "bar"}}), "href=\"#name\""));
  CHECK(Site::LocationOf(site.Get("/register/measures?lang=en")) == "/register?lang=en");
}

TEST_CASE("going back keeps what was typed, well or not, and so does going on again") {
  Site site;
  const HttpResponse venue = site.Post("/register/venue", {{"kind", "bar"}});
  const HttpResponse measures = site.Post(
      "/register/measures", Typed(venue, "venue", {{"name", "酒場"}, {"address", "本町1"}}));
  const HttpResponse back =
      site.Post("/register/venue", Typed(measures, "measures", {{"measures", "まだ途中"}}));
  CHECK(back.status == 200);
  CHECK(Has(back, "value=\"酒場\""));
  const HttpResponse again = site.Post(
      "/register/measures", Typed(back, "venue", {{"name", "酒場"}, {"address", "本町1"}}));
  CHECK(Has(again, "まだ途中"));
}

TEST_CASE("changing one answer leads back to the check page, and can be given up") {
  Site site;
  const HttpResponse check = CheckPage(site);
  const HttpResponse venue =
      site.Post("/register/venue", Typed(check, "check", {{"focus", "address"}}));
  CHECK(Has(venue,
            "value=\"本町1-1\" autocomplete=\"street-address\" aria-required=\"true\" autofocus"));
  CHECK(Has(venue, "action=\"/register/check\""));

  const HttpResponse changed =
      site.Post("/register/check", Typed(venue, "venue", {{"address", "本町2-2"}}));
  CHECK(changed.status == 200);
  CHECK(Has(changed, "本町2-2"));
  CHECK_FALSE(Has(changed, "name=\"changing\""));
  const HttpResponse given_up = site.Post(
      "/register/check", Typed(venue, "venue", {{"address", "本町3-3"}, {"discard", "yes"}}));
  CHECK(given_up.status == 200);
  CHECK(Has(given_up, "本町1-1"));
}

TEST_CASE("changing the industry asks for everything again, with the other answers kept") {
  Site site;
  const HttpResponse check = CheckPage(site);
  const HttpResponse industry =
      site.Post("/register/industry", Typed(check, "check", {{"focus", "kind"}}));
  const HttpResponse next =
      site.Post("/register/check", Typed(industry, "industry", {{"kind", "event"}}));
  CHECK(next.status == 200);
  CHECK(Has(next, "id=\"event_start_time\""));
  CHECK(Has(next, "value=\"みなと食堂\""));
  CHECK(Has(next, "action=\"/register/measures\""));
}

TEST_CASE("another language shows the same page with what was typed, and stays") {
  Site site;
  const HttpResponse venue = site.Post("/register/venue", {{"kind", "bar"}});
  CHECK(Has(venue, "formaction=\"/register/venue?lang=en\""));
  const HttpResponse english =
      site.Post("/register/venue?lang=en", Typed(venue, "venue", {{"name", "Sakaba"}}));
  CHECK(english.status == 200);
  CHECK(Has(english, "<html lang=\"en\">"));
  CHECK(Has(english, "value=\"Sakaba\""));
  CHECK(Has(english, "action=\"/register/measures?lang=en\""));
  const HttpResponse check = site.Post("/register/check?lang=en", GoodAnswers());
  const std::string sent = Site::LocationOf(site.Post("/register?lang=en", Sent(check)));
  CHECK(absl::EndsWith(sent, "&lang=en"));
}

TEST_CASE("a postal code fills in the address, as far as it is certain") {
  Site site;
  const HttpResponse venue = site.Post("/register/venue", {{"kind", "bar"}});
  const auto fill = [&](const std::string& code, const std::string& address) {
    return site.Post(
        "/register/venue",
        Typed(venue, "venue", {{"postal_code", code}, {"address", address}, {"fill", "address"}}));
  };
  const HttpResponse found = fill("２３１－０００５", "");
  CHECK(found.status == 200);
  CHECK(Has(found, "value=\"横浜市中区\""));
  CHECK(Has(found, "value=\"本町\""));
  CHECK(Has(fill("231-0005", "本町1-1"), "value=\"本町1-1\""));
  CHECK(Has(fill("100-0001", ""), "value=\"東京都千代田区\""));
  CHECK(Has(fill("452-0961", "どこか"), "value=\"愛知県清須市\""));
  CHECK(Has(fill("498-0000", "どこか"), "value=\"どこか\""));
  const HttpResponse unknown = fill("999-9999", "どこか");
  CHECK(unknown.status == 422);
  CHECK(Has(unknown, "href=\"#postal_code\""));
  CHECK(Has(unknown, "value=\"どこか\""));

  CHECK(site.Get("/postal-codes/2310005").body ==
        R"({"address":"本町","municipality":"横浜市中区","several_towns":false})");
  CHECK(site.Get("/postal-codes/9999999").status == 404);
  CHECK(site.Get("/postal-codes/x").status == 404);
}

TEST_CASE("sending twice, from two tabs or after a reload of the check page registers once") {
  Site site;
  const HttpResponse check = CheckPage(site);
  site.Post("/register", Sent(check));
  site.Post("/register", Sent(check));
  const HttpResponse reloaded = site.Post("/register/check", Typed(check, "contact", {}));
  CHECK(reloaded.status == 200);
  CHECK(site.business.mailed().size() == 1);
}

TEST_CASE("a corrected address is another registration with a mail of its own") {
  Site site;
  const HttpResponse check = CheckPage(site);
  site.Post("/register", Sent(check));
  const HttpResponse changed =
      site.Post("/register/check", Typed(check, "venue", {{"email", "right@example.jp"}}));
  site.Post("/register", Sent(changed));
  CHECK(site.business.mailed().size() == 2);
}

TEST_CASE("a draft that is made up, changed or a day old registers nothing") {
  Site site;
  const std::string draft = HiddenField(CheckPage(site), "draft");
  std::string changed = draft;
  changed[20] = changed[20] == 'A' ? 'B' : 'A';
  CHECK(site.Post("/register", {{"draft", "x"}}).status == 400);
  CHECK(site.Post("/register", {{"draft", changed}}).status == 400);
  CHECK(site.Post("/register", {}).status == 422);
  CHECK(site.Get("/register/sent").status == 400);
  CHECK(site.Get("/register/sent?t=" + draft).status == 400);
  site.now += absl::Hours(24);
  CHECK(site.Post("/register", {{"draft", draft}}).status == 410);
  CHECK(site.business.registrations().empty());
}

TEST_CASE("a form sent from another site is refused, from ours it is not") {
  Site site;
  const Fields fields = Sent(CheckPage(site));
  const auto status = [&](const Headers& headers) {
    return site.Post("/register", fields, headers).status;
  };
  CHECK(status({{"Sec-Fetch-Site", "cross-site"}}) == 403);
  CHECK(status({{"Origin", "https://evil.example"}}) == 403);
  CHECK(site.business.registrations().empty());
  CHECK(status({{"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}}) == 303);
  CHECK(status({{"Origin", "https://oshirase.example"}}) == 303);
  CHECK(status({{"Origin", "http://localhost:8080"}, {"Host", "localhost:8080"}}) == 303);
}

TEST_CASE("when the registry does not answer the same draft can be sent again") {
  Site site;
  const HttpResponse check = CheckPage(site);
  site.business.FailNext(absl::UnavailableError("down"));
  const HttpResponse page = site.Post("/register", Sent(check));
  CHECK(page.status == 503);
  CHECK(site.Post("/register", {{"draft", HiddenField(page, "draft")}}).status == 303);
  CHECK(site.business.registrations().size() == 1);
}

TEST_CASE("too many mails to one mailbox are told as such, and the draft is kept") {
  Site site;
  const HttpResponse check = CheckPage(site);
  site.business.FailNext(
      ReasonedError(absl::StatusCode::kResourceExhausted, "TOO_MANY_MAILS", "too many"));
  const HttpResponse page = site.Post("/register", Sent(check));
  CHECK(page.status == 429);
  CHECK(Has(page, "メールを送りすぎました"));
  CHECK_FALSE(HiddenField(page, "draft").empty());
}

TEST_CASE("fields the registry refuses are shown on the first page that asks for one") {
  Site site;
  const HttpResponse check = CheckPage(site);
  site.business.FailNext(InvalidFields(
      "VENUE_INVALID", {{"details.email", "is odd"}, {"details.own_measures[0]", "is odd"}}));
  const HttpResponse page = site.Post("/register", Sent(check));
  CHECK(page.status == 422);
  CHECK(Has(page, "href=\"#measures\""));
  CHECK(Has(page, "id=\"measures-problem\""));
  CHECK_FALSE(Has(page, "is odd"));
}

TEST_CASE("no shared cache keeps a page, and a browser keeps answers only for the way back") {
  Site site;
  CHECK(Header(site.Get("/register"), "Cache-Control").empty());  // The server adds no-store.
  CHECK(Header(CheckPage(site), "Cache-Control") == "private, no-cache");
}

TEST_CASE("the log of a registration names nothing that was typed") {
  CapturedLog log;
  Site site;
  const HttpResponse check = CheckPage(site);
  site.business.FailNext(absl::UnavailableError("minato at yokohama"));
  site.Post("/register", Sent(check));
  CHECK(log.text().find("registration failed") != std::string::npos);
  CHECK(log.text().find("minato") == std::string::npos);
}

}  // namespace
}  // namespace oshirase::gateway

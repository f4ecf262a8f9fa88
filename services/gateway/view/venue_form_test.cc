#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/gateway/testing/own_venue.h"

namespace oshirase::gateway {
namespace {

TEST_CASE("a venue's page shows what is declared, its certificate and the way to every change") {
  OwnVenueFixture fixture;
  const HttpResponse page = fixture.site.Get(fixture.path);
  CHECK(Has(page, "入口に消毒液を置いています"));
  CHECK(Has(page, "第1版"));
  CHECK(Has(page, "みなと商店"));
  for (const char* below : {"change/measures", "change/venue", "change/contact", "change/industry",
                            "visits", "code", "rooms", "state"}) {
    const std::string path = absl::StrCat(fixture.path, "/", below);
    CHECK(Has(page, absl::StrCat("href=\"", path, "\"")));
    CHECK(fixture.site.Get(path).status == 200);
  }
}

TEST_CASE("a measure that is added is announced as new, and the next certificate issued") {
  OwnVenueFixture fixture;
  const HttpResponse form = fixture.site.Get(fixture.path + "/change/measures");
  CHECK(Has(form, "value=\"restaurant-seat-distance\" checked"));
  CHECK(Has(form, "次の取組書で「New!」の印がつきます"));

  const HttpResponse check =
      fixture.Send("/change/check", form, "measures",
                   {{"measure_ids", "restaurant-seat-distance"},
                    {"measure_ids", "common-air-30min"},
                    {"measures", "会計は一人ずつ\n入口に消毒液を置いています"}});
  CHECK(check.status == 200);
  CHECK(Has(check, "会計は一人ずつ <span class=\"tag tag-new\">New!</span>"));
  CHECK_FALSE(Has(check, "入口に消毒液を置いています"));
  CHECK(Has(check, "新しい取組書を発行し"));
  CHECK(fixture.Venue().revision == 1);

  const HttpResponse sent = fixture.Send("/change", check, "check", {});
  const HttpResponse done = fixture.site.Get(Site::LocationOf(sent));
  CHECK(Has(done, "新しい取組書（第2版）を発行しました"));
  CHECK(fixture.Venue().details.own_measures.size() == 2);
  CHECK(Has(fixture.site.Get(fixture.path), "会計は一人ずつ <span class=\"tag tag-new\">New!"));

  // Sent once more, as by a second press: the same answer, and nothing done twice.
  CHECK(Site::LocationOf(fixture.Send("/change", check, "check", {})) == Site::LocationOf(sent));
  CHECK(fixture.Venue().revision == 2);
}

TEST_CASE("what no sheet shows is changed without a new certificate") {
  OwnVenueFixture fixture;
  const HttpResponse form = fixture.site.Get(fixture.path + "/change/contact");
  CHECK_FALSE(Has(form, "name=\"email\""));
  const HttpResponse check = fixture.Send("/change/check", form, "contact",
                                          {{"business_name", "みなと商店"}, {"listed", "yes"}});
  CHECK(Has(check, "取組書に印刷する内容は変わりません"));
  CHECK_FALSE(Has(check, "New!"));
  const HttpResponse done =
      fixture.site.Get(Site::LocationOf(fixture.Send("/change", check, "check", {})));
  CHECK(Has(done, "そのままお使いください"));
  CHECK(fixture.Venue().details.listed);
  CHECK_FALSE(fixture.Venue().details.name_consent);
  CHECK(fixture.Venue().details.email == "minato@example.jp");
  CHECK(fixture.Venue().certificate->version == 1);
}

TEST_CASE("nothing changed is said to be nothing") {
  OwnVenueFixture fixture;
  const HttpResponse form = fixture.site.Get(fixture.path + "/change/venue");
  const HttpResponse check = fixture.Send("/change/check", form, "venue", {});
  CHECK(Has(check, "変わったところはありません"));
  CHECK_FALSE(Has(check, "この内容で変更する"));
}

TEST_CASE("a change with problems comes back with them, and leads back to the venue") {
  OwnVenueFixture fixture;
  const HttpResponse form = fixture.site.Get(fixture.path + "/change/venue?lang=en");
  const HttpResponse page =
      fixture.Send("/change/check?lang=en", form, "venue", {{"name", ""}, {"phone", "12"}});
  CHECK(page.status == 422);
  CHECK(Has(page, "href=\"#name\""));
  CHECK(Has(page, "value=\"12\""));
  CHECK(Has(page, absl::StrCat("href=\"", fixture.path, "?lang=en\"")));
}

TEST_CASE("of two tabs the later sees what the earlier did, and keeps what was typed") {
  OwnVenueFixture fixture;
  const HttpResponse first = fixture.site.Get(fixture.path + "/change/venue");
  const HttpResponse second = fixture.site.Get(fixture.path + "/change/venue");
  const HttpResponse checked =
      fixture.Send("/change/check", second, "venue", {{"name", "みなと酒場"}});
  fixture.Send("/change",
               fixture.Send("/change/check", first, "venue",
                            {{"phone", "045-210-1111"}, {"name", "みなと亭"}}),
               "check", {});

  const HttpResponse conflict = fixture.Send("/change", checked, "check", {});
  CHECK(conflict.status == 409);
  CHECK(Has(conflict, "みなと亭"));
  CHECK(Has(conflict, "みなと酒場"));
  CHECK(fixture.Venue().details.name == "みなと亭");

  const HttpResponse again = fixture.Send("/change/check", conflict, "", {});
  CHECK(again.status == 200);
  Site::LocationOf(fixture.Send("/change", again, "check", {}));
  CHECK(fixture.Venue().details.name == "みなと酒場");
  CHECK(fixture.Venue().details.phone == "045-210-1111");
}

TEST_CASE("two tabs that did the same are no conflict") {
  OwnVenueFixture fixture;
  const auto change = [&] {
    return fixture.Send("/change/check", fixture.site.Get(fixture.path + "/change/venue"), "venue",
                        {{"name", "みなと亭"}});
  };
  const HttpResponse first = change();
  const HttpResponse second = change();
  fixture.Send("/change", first, "check", {});
  const HttpResponse answer = fixture.Send("/change", second, "check", {});
  CHECK(answer.status == 200);
  CHECK(Has(answer, "変わったところはありません"));
}

TEST_CASE("another industry asks for its checklist") {
  OwnVenueFixture fixture;
  const HttpResponse form = fixture.site.Get(fixture.path + "/change/industry");
  const HttpResponse measures =
      fixture.Send("/change/check", form, "industry", {{"kind", "cinema"}});
  CHECK(measures.status == 200);
  CHECK(Has(measures, "name=\"measure_ids\" value=\"cinema-"));
  const HttpResponse dates = fixture.Send("/change/check", form, "industry", {{"kind", "event"}});
  CHECK(Has(dates, "id=\"event_start_time\""));
}

TEST_CASE("a draft of another venue, a made up one or one of another session changes nothing") {
  OwnVenueFixture fixture;
  const HttpResponse form = fixture.site.Get(fixture.path + "/change/venue");
  const std::string csrf = HiddenField(form, "csrf");
  const std::string other = absl::StrCat("/upkeep/venues/", ids::NewUuid(), "/change");
  const Fields fields = {{"draft", HiddenField(form, "draft")}, {"csrf", csrf}, {"step", "venue"}};
  CHECK(fixture.site.Post(other, fields).status == 400);
  CHECK(fixture.site.Post("/upkeep/add", fields).status == 400);
  CHECK(fixture.site.Post(fixture.path + "/change", With(fields, "draft", "x")).status == 400);
  CHECK(fixture.site.Post(fixture.path + "/change", With(fields, "csrf", "x")).status == 403);
  fixture.site.now += absl::Hours(2);
  CHECK(fixture.site.Post(fixture.path + "/change", fields).status == 410);
  CHECK(fixture.Venue().revision == 1);
}

TEST_CASE("a further venue is registered in the session, and a second press finds it again") {
  OwnVenueFixture fixture;
  const HttpResponse industry = fixture.site.Get("/upkeep/add");
  CHECK(Has(industry, "action=\"/upkeep/add/venue\""));
  CHECK(Has(industry, "href=\"/upkeep\""));
  const HttpResponse check = fixture.SendTo(
      "/upkeep/add/check", industry, "contact",
      With(With(GoodAnswers(), "name", "みなと二号店"), "email", "somebody@else.example"));
  CHECK(check.status == 200);
  CHECK(Has(check, "みなと二号店"));
  CHECK_FALSE(Has(check, "somebody@else.example"));
  const std::string done = Site::LocationOf(fixture.SendTo("/upkeep/add", check, "check", {}));
  CHECK(Has(fixture.site.Get(done), "登録が終わりました"));
  CHECK(Site::LocationOf(fixture.SendTo("/upkeep/add", check, "check", {})) == done);
  CHECK(fixture.site.business.venues().size() == 2);
  CHECK(Has(fixture.site.Get("/upkeep"), "みなと二号店"));
}

TEST_CASE("a room has its building's address, and belongs to it") {
  OwnVenueFixture fixture;
  const HttpResponse industry = fixture.site.Get(fixture.path + "/rooms");
  const HttpResponse venue = fixture.Send("/rooms/venue", industry, "industry", {});
  CHECK(Has(venue, "value=\"本町1-1\""));
  CHECK_FALSE(Has(venue, "value=\"みなと食堂\""));
  const HttpResponse check = fixture.Send("/rooms/check", venue, "venue", {{"name", "二階の間"}});
  const std::string path = Site::LocationOf(fixture.Send("/rooms", check, "check", {}));
  const OwnVenue room = fixture.site.business.venues().back();
  CHECK(room.details.parent_venue_id == fixture.Venue().venue_id);
  const HttpResponse page = fixture.site.Get(path.substr(0, path.find('?')));
  CHECK(Has(page, absl::StrCat("href=\"", fixture.path, "\"")));
  CHECK_FALSE(Has(page, "/rooms\""));

  // Changed later, it stays a room.
  const std::string room_path = path.substr(0, path.find('?'));
  const HttpResponse form = fixture.site.Get(room_path + "/change/venue");
  const HttpResponse changed =
      fixture.SendTo(room_path + "/change/check", form, "venue", {{"name", "三階の間"}});
  fixture.SendTo(room_path + "/change", changed, "check", {});
  CHECK(fixture.site.business.venues().back().details.name == "三階の間");
  CHECK(fixture.site.business.venues().back().details.parent_venue_id == fixture.Venue().venue_id);
}

TEST_CASE(
    "a venue that is there already, a refused field and an absent registry each get their answer") {
  OwnVenueFixture fixture;
  const HttpResponse check = fixture.SendTo("/upkeep/add/check", fixture.site.Get("/upkeep/add"),
                                            "contact", GoodAnswers());
  const HttpResponse twin = fixture.SendTo("/upkeep/add", check, "check", {});
  CHECK(twin.status == 422);
  CHECK(Has(twin, "同じ名前と場所の施設が登録されています"));

  fixture.site.business.FailNext(
      InvalidFields("VENUE_INVALID", {{"details.postal_code", "is no code"}}));
  CHECK(Has(fixture.SendTo("/upkeep/add", check, "check", {}), "href=\"#postal_code\""));

  fixture.site.business.FailNext(absl::UnavailableError("down"));
  const HttpResponse again = fixture.SendTo("/upkeep/add", check, "check", {});
  CHECK(again.status == 503);
  CHECK(Has(again, "action=\"/upkeep/add\""));
  CHECK_FALSE(HiddenField(again, "draft").empty());

  fixture.site.business.FailNext(
      ReasonedError(absl::StatusCode::kUnauthenticated, "SESSION_ENDED", "ended"));
  CHECK(absl::StartsWith(Site::LocationOf(fixture.SendTo("/upkeep/add", check, "check", {})),
                         "/upkeep/link?ended"));
}

TEST_CASE("hostile names are only text, whatever page shows them") {
  OwnVenueFixture fixture;
  const std::string hostile = "=cmd|' /C calc'!A0<script>{{draft}}</script>\xE2\x80\xAE";
  const HttpResponse form = fixture.site.Get(fixture.path + "/change/venue");
  const HttpResponse check = fixture.Send("/change/check", form, "venue", {{"name", hostile}});
  CHECK(Has(check, "&lt;script&gt;{{draft}}&lt;/script&gt;"));
  fixture.Send("/change", check, "check", {});
  for (const char* target : {"", "/changed", "/code", "/state", "/visits"}) {
    const HttpResponse page = fixture.site.Get(fixture.path + target);
    CHECK(Has(page, "&lt;script&gt;{{draft}}&lt;/script&gt;"));
    CHECK_FALSE(Has(page, "<script>"));
    CHECK_FALSE(Has(page, "\xE2\x80\xAE"));
  }
}

}  // namespace
}  // namespace oshirase::gateway

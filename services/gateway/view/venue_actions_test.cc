#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/errors.h"
#include "services/gateway/testing/own_venue.h"

namespace oshirase::gateway {
namespace {

Fields CodeFields(const HttpResponse& page) {
  return {{"csrf", HiddenField(page, "csrf")}, {"known_code", HiddenField(page, "known_code")}};
}

TEST_CASE(
    "a code is replaced after a page that says what to print, once however often it is sent") {
  OwnVenueFixture fixture;
  const ids::VenueCode before = fixture.Venue().code;
  const HttpResponse form = fixture.site.Get(fixture.path + "/code");
  CHECK(Has(form, ids::FormatVenueCode(before)));
  const HttpResponse none = fixture.site.Post(fixture.path + "/code", CodeFields(form));
  CHECK(none.status == 422);
  CHECK(Has(none, "href=\"#grace\""));

  const Fields chosen = With(CodeFields(form), "grace", "7");
  const HttpResponse confirm = fixture.site.Post(fixture.path + "/code", chosen);
  CHECK(Has(confirm, "7日後に止まります"));
  CHECK(Has(confirm, "シール"));
  CHECK(fixture.Venue().code == before);

  const Fields confirmed = With(chosen, "confirmed", "yes");
  const std::string target = fixture.path + "/code";
  const HttpResponse done =
      fixture.site.Get(Site::LocationOf(fixture.site.Post(target, confirmed)));
  const ids::VenueCode after = fixture.Venue().code;
  CHECK_FALSE(after == before);
  CHECK(Has(done, ids::FormatVenueCode(after)));
  CHECK(Has(done, "まで使えます"));
  CHECK(fixture.Venue().old_code_end > absl::Now() + absl::Hours(24 * 6));
  CHECK(fixture.site.Post(target, confirmed).status == 303);
  CHECK(fixture.Venue().code == after);
  CHECK(Has(fixture.site.Get(fixture.path), "取り替える前のQRコードも"));
}

TEST_CASE("an old code can stop at once, and no other time than those offered is taken") {
  OwnVenueFixture fixture;
  const HttpResponse form = fixture.site.Get(fixture.path + "/code");
  const Fields now = With(With(CodeFields(form), "grace", "0"), "confirmed", "yes");
  const std::string target = fixture.path + "/code";
  for (const char* grace : {"2", "-1", "31", "x", "99999999999"}) {
    CHECK(fixture.site.Post(target, With(now, "grace", grace)).status == 422);
  }
  CHECK(Has(fixture.site.Get(Site::LocationOf(fixture.site.Post(target, now))), "もう使えません"));
  CHECK(fixture.site.Post(target, With(now, "csrf", "x")).status == 403);
}

TEST_CASE("a venue is closed and opened again, each after a page that says what it means") {
  OwnVenueFixture fixture;
  const HttpResponse form = fixture.site.Get(fixture.path + "/state");
  const std::string csrf = HiddenField(form, "csrf");
  CHECK(HiddenField(form, "state") == "closed");
  const std::string target = fixture.path + "/state";
  const HttpResponse closed = fixture.site.Get(
      Site::LocationOf(fixture.site.Post(target, {{"csrf", csrf}, {"state", "closed"}})));
  CHECK(Has(closed, "この施設は閉じています"));
  CHECK(Has(fixture.site.Get("/upkeep"), "閉じています"));
  CHECK(HiddenField(fixture.site.Get(target), "state") == "open");
  const HttpResponse open = fixture.site.Get(
      Site::LocationOf(fixture.site.Post(target, {{"csrf", csrf}, {"state", "open"}})));
  CHECK_FALSE(Has(open, "この施設は閉じています"));
  CHECK(fixture.site.Post(target, {{"csrf", csrf}, {"state", "suspended"}}).status == 400);
}

TEST_CASE("a suspended venue says who suspended it, and cannot be opened") {
  OwnVenueFixture fixture;
  const std::string csrf = HiddenField(fixture.site.Get(fixture.path), "csrf");
  fixture.site.business.Suspend(fixture.Venue().venue_id);
  CHECK(Has(fixture.site.Get(fixture.path), "神奈川県がこの施設の登録を停止しています"));
  const std::string target = fixture.path + "/state";
  const HttpResponse page = fixture.site.Get(
      Site::LocationOf(fixture.site.Post(target, {{"csrf", csrf}, {"state", "open"}})));
  CHECK(Has(page, "停止を解けるのは神奈川県だけです"));
  CHECK(Has(page, "045-285-0536"));
  CHECK(HiddenField(page, "state").empty());
}

TEST_CASE("a venue without a certificate says how to get one") {
  OwnVenueFixture fixture;
  fixture.site.business.ForgetCertificate(fixture.Venue().venue_id);
  const HttpResponse page = fixture.site.Get(fixture.path);
  CHECK(page.status == 200);
  CHECK(Has(page, "まだ取組書がありません"));
  CHECK_FALSE(Has(page, "certificate.pdf"));
  CHECK(Has(page, "poster.pdf"));
  fixture.site.business.FailNext(
      ReasonedError(absl::StatusCode::kFailedPrecondition, "NO_CERTIFICATE", "none"));
  CHECK(fixture.site.Get(fixture.path + "/certificate.pdf").status == 404);
}

TEST_CASE("the days are a chart and a table that say the same, roughly") {
  OwnVenueFixture fixture;
  const Day first = *ParseDay("2020-12-01");
  fixture.site.visits.Answer({{first, 0}, {first + 1, 20}, {first + 2, 110}});
  const HttpResponse page = fixture.site.Get(fixture.path + "/visits");
  CHECK(Has(page, "role=\"img\""));
  CHECK(Has(page, "<td>9回以下</td>"));
  CHECK(Has(page, "<td>20～29回</td>"));
  CHECK(Has(page, "2020年12月3日(木) （今日）</th><td>110～119回</td>"));
  CHECK(Has(page, "10回きざみで切り捨て"));
  // 110 of a scale to 200, in a plot 156 high.
  CHECK(Has(page, "height=\"85\""));
  CHECK(Has(page, ">200</text>"));
  CHECK(fixture.site.visits.asked().back() == fixture.Venue().venue_id);
}

TEST_CASE("no days, and no answer, are told; another's venue is not asked about") {
  OwnVenueFixture fixture;
  CHECK(Has(fixture.site.Get(fixture.path + "/visits"), "まだ記録がありません"));
  fixture.site.visits.FailNext(absl::UnavailableError("down"));
  CHECK(fixture.site.Get(fixture.path + "/visits").status == 503);
  const size_t asked = fixture.site.visits.asked().size();
  CHECK(fixture.site.Get("/upkeep/venues/6ba7b810-9dad-41d1-80b4-00c04fd430c8/visits").status ==
        404);
  CHECK(fixture.site.visits.asked().size() == asked);
}

TEST_CASE("many venues come page by page") {
  OwnVenueFixture fixture;
  const Credential session = {Credential::Kind::kSession,
                              fixture.site.cookie.substr(fixture.site.cookie.find('=') + 1)};
  for (int i = 0; i < 25; ++i) {
    VenueDetails details = fixture.Venue().details;
    details.name = absl::StrCat("支店", i);
    REQUIRE(fixture.site.business.AddVenue(session, absl::StrCat(i), details, {}).ok());
  }
  const HttpResponse page = fixture.site.Get("/upkeep");
  CHECK(Has(page, "支店24"));
  CHECK_FALSE(Has(page, "支店4<"));
  CHECK(Has(page, "href=\"/upkeep?page=20"));
  CHECK(Has(fixture.site.Get("/upkeep?page=20"), "支店4<"));
  CHECK(fixture.site.Get("/upkeep?page=x").status == 400);
}

}  // namespace
}  // namespace oshirase::gateway

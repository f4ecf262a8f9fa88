#include "services/gateway/view/upkeep_handler.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/gateway/testing/site.h"

namespace oshirase::gateway {
namespace {

// Registers a venue, and is at its page.
struct Fixture {
  Site site;
  std::string path;  // Of the venue's page.

  Fixture() {
    const std::string token = site.MailedLinkOf(GoodAnswers());
    const std::string location = Site::LocationOf(site.Post("/links", {{"token", token}}));
    path = location.substr(0, location.find('?'));
  }
};

std::string Header(const HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST_CASE("a venue's page offers everything to print, and each is there") {
  Fixture fixture;
  const HttpResponse page = fixture.site.Get(fixture.path);
  CHECK(page.status == 200);
  CHECK_FALSE(Has(page, "登録が終わりました"));
  for (const char* file : {"certificate.pdf", "poster.pdf", "table-tent.pdf", "stickers.pdf"}) {
    const std::string target = absl::StrCat(fixture.path, "/", file);
    CHECK(Has(page, absl::StrCat("href=\"", target, "\"")));
    const HttpResponse document = fixture.site.Get(target);
    CHECK(document.content_type == "application/pdf");
    CHECK(absl::StartsWith(document.body, "%PDF"));
    CHECK(absl::StrContains(Header(document, "Content-Disposition"), file));
  }
  CHECK(absl::StartsWith(fixture.site.Get(fixture.path + "/qr.png").body, "\x89PNG"));
  CHECK(fixture.site.Get(fixture.path + "/qr.svg").content_type == "image/svg+xml");
  CHECK(fixture.site.Get(fixture.path + "/other.pdf").status == 404);
}

TEST_CASE("the list of venues leads to each") {
  Fixture fixture;
  const HttpResponse page = fixture.site.Get("/upkeep?lang=en");
  CHECK(page.status == 200);
  CHECK(Has(page, absl::StrCat("href=\"", fixture.path, "?lang=en\"")));
  CHECK(Has(page, "みなと食堂"));
}

TEST_CASE("without a session, and when it ended, the way in is shown and the cookie taken away") {
  Fixture fixture;
  CHECK(fixture.site.Get(absl::StrCat("/upkeep/venues/", ids::NewUuid())).status == 404);
  fixture.site.business.FailNext(
      ReasonedError(absl::StatusCode::kUnauthenticated, "SESSION_ENDED", "ended"));
  const std::string location = Site::LocationOf(fixture.site.Get(fixture.path));
  CHECK(absl::StartsWith(location, "/upkeep/link?ended"));
  CHECK(fixture.site.cookie == "__Host-oshirase-session=");
  CHECK(Has(fixture.site.Get(location), "時間がたつと閉じます"));
  for (const char* target : {"/upkeep", "/upkeep/venues/x", "/upkeep/venues/x/poster.pdf"}) {
    CHECK(absl::StartsWith(Site::LocationOf(fixture.site.Get(target)), "/upkeep/link"));
  }
}

TEST_CASE("leaving ends the session, and only our own page can do so") {
  Fixture fixture;
  const std::string csrf = HiddenField(fixture.site.Get(fixture.path), "csrf");
  const std::string cookie = fixture.site.cookie;
  CHECK(fixture.site.Post("/upkeep/leave", {}).status == 403);
  CHECK(fixture.site.Post("/upkeep/leave", {{"csrf", csrf}}, {{"Origin", "https://evil.example"}})
            .status == 403);
  CHECK(fixture.site.Get(fixture.path).status == 200);

  const std::string location =
      Site::LocationOf(fixture.site.Post("/upkeep/leave", {{"csrf", csrf}}));
  CHECK(Has(fixture.site.Get(location), "閉じました"));
  fixture.site.cookie = cookie;
  CHECK(fixture.site.Get(fixture.path).status == 303);
}

TEST_CASE("a link for upkeep is mailed to a known address, and the answer tells nobody which are") {
  Fixture fixture;
  const auto ask = [&](const std::string& email) {
    return fixture.site.Get(
        Site::LocationOf(fixture.site.Post("/upkeep/link", {{"email", email}})));
  };
  const HttpResponse known = ask("minato@example.jp");
  REQUIRE(fixture.site.business.mailed().size() == 2);
  CHECK(known.status == 200);
  CHECK(ask("nobody@example.jp").status == 200);
  CHECK(fixture.site.business.mailed().size() == 2);

  const HttpResponse link = fixture.site.Get("/links/" + fixture.site.business.mailed().back());
  CHECK(Has(link, "登録した内容を開く"));
  CHECK(absl::StartsWith(
      Site::LocationOf(fixture.site.Post("/links", {{"token", HiddenField(link, "token")}})),
      "/upkeep?"));
}

TEST_CASE("a wrong address, a busy mailbox and an absent registry each get their answer") {
  Site site;
  const HttpResponse wrong = site.Post("/upkeep/link", {{"email", "nobody"}});
  CHECK(wrong.status == 422);
  CHECK(Has(wrong, "value=\"nobody\""));
  site.business.FailNext(
      ReasonedError(absl::StatusCode::kResourceExhausted, "TOO_MANY_MAILS", "too many"));
  CHECK(site.Post("/upkeep/link", {{"email", "a@b.jp"}}).status == 303);
  site.business.FailNext(absl::UnavailableError("down"));
  CHECK(site.Post("/upkeep/link", {{"email", "a@b.jp"}}).status == 503);
}

}  // namespace
}  // namespace oshirase::gateway

#include "services/gateway/view/link_handler.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/log/testing/captured_log.h"
#include "services/gateway/testing/site.h"

namespace oshirase::gateway {
namespace {

TEST_CASE("opening a link does nothing, however often; its button registers and opens a session") {
  Site site;
  const std::string token = site.MailedLinkOf(GoodAnswers());
  for (int i = 0; i < 3; ++i) {
    const HttpResponse page = site.Get("/links/" + token);
    CHECK(page.status == 200);
    CHECK(HiddenField(page, "token") == token);
  }
  CHECK(site.cookie.empty());

  const std::string location = Site::LocationOf(site.Post("/links", {{"token", token}}));
  CHECK(absl::StartsWith(location, "/upkeep/venues/"));
  CHECK(absl::StrContains(location, "?done"));
  CHECK(absl::StartsWith(site.cookie, "__Host-oshirase-session="));
  const HttpResponse done = site.Get(location);
  CHECK(done.status == 200);
  CHECK(Has(done, "登録が終わりました"));
  CHECK(Has(done, "みなと食堂"));
}

TEST_CASE("a link that was used says so, and leads on whoever has the session") {
  Site site;
  const std::string token = site.MailedLinkOf(GoodAnswers());
  site.Post("/links", {{"token", token}});
  const HttpResponse with_session = site.Post("/links", {{"token", token}});
  CHECK(with_session.status == 410);
  CHECK(Has(with_session, "href=\"/upkeep\""));
  site.cookie.clear();
  const HttpResponse without = site.Get("/links/" + token);
  CHECK(without.status == 410);
  CHECK(Has(without, "もう使われています"));
  CHECK_FALSE(Has(without, "href=\"/upkeep\""));
  CHECK(Has(without, "href=\"/upkeep/link\""));
}

TEST_CASE("a registration's link that is too old leads to the form") {
  Site site;
  const std::string token = site.MailedLinkOf(GoodAnswers());
  site.business.ExpireLinks();
  CHECK(Has(site.Get("/links/" + token), "href=\"/register\""));
  CHECK(site.Post("/links", {{"token", token}}).status == 410);
  CHECK(site.cookie.empty());
}

TEST_CASE("what is no link of ours is told so without asking the registry") {
  Site site;
  site.business.FailNext(absl::InternalError("asked"));
  CHECK(site.Get("/links/short").status == 404);
  CHECK(site.Post("/links", {{"token", "<script>"}}).status == 404);
  CHECK(site.Get(absl::StrCat("/links/", std::string(43, 'x'))).status == 500);
  CHECK(site.Get(absl::StrCat("/links/", std::string(43, 'x'))).status == 404);
}

TEST_CASE("a link cannot be used from another site, nor while the registry is away") {
  CapturedLog log;
  Site site;
  const std::string token = site.MailedLinkOf(GoodAnswers());
  CHECK(site.Post("/links", {{"token", token}}, {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
  site.business.FailNext(absl::UnavailableError("down"));
  CHECK(site.Post("/links", {{"token", token}}).status == 503);
  CHECK(site.Post("/links?lang=en", {{"token", token}}).status == 303);
  CHECK(log.text().find(token) == std::string::npos);
}

}  // namespace
}  // namespace oshirase::gateway

#include "services/gateway/view/info_handler.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/testing/site.h"

namespace oshirase::gateway {
namespace {

constexpr const char* kPaths[] = {"/",
                                  "/guide/residents",
                                  "/guide/businesses",
                                  "/questions/residents",
                                  "/questions/businesses",
                                  "/privacy"};

TEST_CASE("what everybody may know is there in every language, and search engines may show it") {
  Site site;
  for (const char* path : kPaths) {
    for (const LanguageInfo& language : Languages()) {
      const HttpResponse page = site.Get(absl::StrCat(path, "?lang=", language.code));
      INFO(path << " " << language.code);
      CHECK(page.status == 200);
      CHECK_FALSE(Has(page, "noindex"));
      CHECK_FALSE(Has(page, "{"));
      CHECK(Has(page, "神奈川県"));
    }
  }
}

TEST_CASE("the pages promise the retention and the telephone numbers of the configuration") {
  Site site;
  CHECK(Has(site.Get("/privacy"), "21日のあいだ保管します"));
  const HttpResponse home = site.Get("/");
  CHECK(Has(home, "href=\"tel:045-285-0536\""));
  CHECK(Has(home, "聴覚に障がいのある方（FAX）"));
  CHECK(Has(home, "href=\"tel:045-633-3770\""));
}

TEST_CASE("every picture of the home page is there, and has words for those who do not see it") {
  Site site;
  const HttpResponse home = site.Get("/");
  int pictures = 0;
  for (size_t at = home.body.find("<img"); at != std::string::npos;
       at = home.body.find("<img", at + 1)) {
    const std::string tag = home.body.substr(at, home.body.find('>', at) - at);
    const size_t src = tag.find("src=\"") + 5;
    const HttpResponse picture = site.Get(tag.substr(src, tag.find('"', src) - src));
    CHECK(picture.content_type == "image/svg+xml");
    CHECK(absl::StrContains(picture.body, "<svg"));
    CHECK(absl::StrContains(tag, "alt=\""));
    CHECK_FALSE(absl::StrContains(tag, "alt=\"\""));
    ++pictures;
  }
  CHECK(pictures == 8);
}

TEST_CASE("every link of every page leads to a page") {
  Site site;
  for (const char* path : kPaths) {
    const HttpResponse page = site.Get(path);
    for (size_t at = 0; (at = page.body.find("<a ", at)) != std::string::npos; ++at) {
      const std::string tag = page.body.substr(at, page.body.find('>', at) - at);
      const size_t start = tag.find("href=\"") + 6;
      const std::string target = tag.substr(start, tag.find('"', start) - start);
      INFO(path << " to " << target);
      if (absl::StartsWith(target, "/")) CHECK(site.Get(target).status == 200);
    }
  }
}

TEST_CASE("robots are kept from what is meant for one place or one person") {
  Site site;
  const HttpResponse robots = site.Get("/robots.txt");
  CHECK(absl::StartsWith(robots.content_type, "text/plain"));
  for (const char* path : {"/c/", "/links/", "/upkeep"}) {
    CHECK(Has(robots, absl::StrCat("Disallow: ", path, "\n")));
  }
}

}  // namespace
}  // namespace oshirase::gateway

#include "services/gateway/view/renderer.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/testing/site.h"
#include "services/gateway/view/assets.h"

namespace oshirase::gateway {
namespace {

Renderer NewRenderer() {
  return *Renderer::Create({"<神奈川県>", "045-285-0536", "https://oshirase.example"});
}

HttpRequest RequestOf(const std::string& path, const std::string& language) {
  HttpRequest request;
  request.method = "GET";
  request.path = path;
  if (!language.empty()) request.query = {{"a", "b&c"}, {"lang", language}};
  return request;
}

TEST_CASE("every page compiled in is well formed, and every word it names is there") {
  const auto renderer = Renderer::Create({"p", "c", "https://oshirase.example"});
  INFO(renderer.status().message());
  CHECK(renderer.ok());
}

TEST_CASE("no page holds words of its own: not one character of Japanese") {
  for (const Asset& asset : Assets()) {
    if (!absl::StartsWith(std::string(asset.name), "pages/")) continue;
    const auto text = icu::UnicodeString::fromUTF8(std::string(asset.content));
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
      INFO(std::string(asset.name));
      REQUIRE(text.char32At(i) < 0x2E80);
    }
  }
}

TEST_CASE("every page has a title in the words") {
  const auto words = Words::BuiltIn();
  REQUIRE(words.ok());
  for (const Asset& asset : Assets()) {
    const std::string name(asset.name);
    if (!absl::StartsWith(name, "pages/") || absl::StartsWith(name, "pages/_")) continue;
    const std::string page = name.substr(6, name.size() - 6 - 5);
    // Their handlers choose among several.
    if (page == "error" || page == "link_ended") continue;
    INFO(page);
    CHECK(words->Has(absl::StrCat("title.", page)));
  }
}

TEST_CASE("a page is framed in the language asked for, with a way to each other") {
  const Renderer renderer = NewRenderer();
  const HttpResponse page =
      renderer.Render(RequestOf("/upkeep/link", "en"), {.name = "upkeep_link_sent"});
  CHECK(page.status == 200);
  CHECK(Has(page, "<html lang=\"en\">"));
  CHECK(Has(page, "<title>Look in your mailbox - "));
  CHECK(Has(page, "&lt;神奈川県&gt;"));
  CHECK(Has(page, "045-285-0536"));
  CHECK(Has(page, "href=\"/upkeep/link?a=b%26c&amp;lang=ja-easy\" hreflang=\"ja\">やさしい日本語"));
  CHECK(Has(page, "<span class=\"language language-current\" aria-current=\"true\">English"));
  CHECK(Has(page, "content=\"noindex\""));
  CHECK_FALSE(Has(page, "rel=\"alternate\""));
}

TEST_CASE("a page for everybody tells search engines its other languages") {
  const HttpResponse page = NewRenderer().Render(RequestOf("/register", ""),
                                                 {.name = "register_sent", .indexable = true});
  CHECK(Has(page,
            "<link rel=\"alternate\" hreflang=\"en\" "
            "href=\"https://oshirase.example/register?lang=en\">"));
  CHECK_FALSE(Has(page, "noindex"));
}

TEST_CASE("errors have words in each language, for statuses without words of their own too") {
  const Renderer renderer = NewRenderer();
  CHECK(Has(renderer.ErrorPage(RequestOf("/x", ""), 404), "ページが見つかりません"));
  CHECK(Has(renderer.ErrorPage(RequestOf("/x", "en"), 404), "Page not found"));
  CHECK(renderer.ErrorPage({}, 418).status == 418);
  CHECK(Has(renderer.ErrorPage({}, 418), "受け付けられない形"));
  CHECK(Has(renderer.ErrorPage({}, 502), "不具合"));
}

TEST_CASE("an address that looks like another site's stays on ours") {
  const HttpResponse page = NewRenderer().ErrorPage(RequestOf("//evil.example/x", ""), 404);
  CHECK_FALSE(Has(page, "href=\"//"));
  CHECK(Has(page, "href=\"/evil.example/x?"));
}

}  // namespace
}  // namespace oshirase::gateway

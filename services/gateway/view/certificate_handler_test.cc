#include "services/gateway/view/certificate_handler.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "services/gateway/testing/site.h"

namespace oshirase::gateway {
namespace {

struct Fixture {
  Site site;
  PublicExamples examples = AddExamples(site.everybody, site.registry);

  HttpResponse Show(const ids::PublicNumber& number, const std::string& query = "") {
    return site.Get(absl::StrCat("/certificates/", ids::FormatPublicNumber(number), query));
  }
};

TEST_CASE("each state of a certificate is told in a word, a colour and a picture") {
  Fixture fixture;
  const PublicExamples& examples = fixture.examples;
  const struct {
    ids::PublicNumber number;
    const char* look;
    const char* word;
  } cases[] = {{examples.valid, "good", "有効"},
               {examples.superseded, "old", "古い版"},
               {examples.withdrawn, "bad", "取り消し"},
               {examples.suspended, "stopped", "停止中"},
               {examples.closed, "stopped", "閉店・終了"}};
  for (const auto& [number, look, word] : cases) {
    const HttpResponse page = fixture.Show(number);
    INFO(word);
    CHECK(page.status == 200);
    CHECK(Has(page, absl::StrCat("class=\"state state-", look, "\"")));
    CHECK(Has(page, absl::StrCat("/static/state-", look, ".svg")));
    CHECK(Has(page, absl::StrCat("<p class=\"state-word\">", word, "</p>")));
    CHECK(Has(page, "noindex"));
    CHECK_FALSE(Has(page, "{"));
  }
}

TEST_CASE("a certificate shows what was declared by group, what is new and who looked") {
  Fixture fixture;
  const HttpResponse page = fixture.Show(fixture.examples.valid);
  CHECK(Has(page, "人との距離"));
  CHECK(Has(page, "席の間を1メートル以上あけます"));
  CHECK(Has(page, "そのほかの対策"));
  CHECK(Has(page, "New!"));
  CHECK(Has(page, "2020年12月3日"));
  CHECK(Has(page, "横浜市中区本町1-1"));
  CHECK(Has(page, "保証したり"));
  CHECK(
      Has(page, absl::StrCat("/report?number=", ids::FormatPublicNumber(fixture.examples.valid))));
  const HttpResponse english = fixture.Show(fixture.examples.valid, "?lang=en");
  CHECK(Has(english, "Distance"));
  CHECK_FALSE(Has(english, "席の間を1メートル以上あけます"));
  CHECK(Has(english, "<span lang=\"ja\">入口に"));
}

TEST_CASE("what a business typed is shown as text, and an unlisted venue has no address") {
  Fixture fixture;
  const HttpResponse page = fixture.Show(fixture.examples.valid);
  CHECK_FALSE(Has(page, "<b>みなと"));
  CHECK_FALSE(Has(page, "<script>消毒液"));
  CHECK(Has(page, "髙﨑𠮷葛󠄀食堂 &lt;b&gt;"));
  const HttpResponse unlisted = fixture.Show(fixture.examples.withdrawn);
  CHECK_FALSE(Has(unlisted, "所在地"));
  CHECK(Has(unlisted, "まだ確かめていません"));
}

TEST_CASE("an old certificate leads to the newest") {
  Fixture fixture;
  const std::string newest =
      absl::StrCat("href=\"/certificates/", ids::FormatPublicNumber(fixture.examples.valid));
  CHECK(Has(fixture.Show(fixture.examples.superseded), newest));
  CHECK_FALSE(Has(fixture.Show(fixture.examples.withdrawn), newest));
}

TEST_CASE("unknown and mistyped numbers each get their page, with the number to try again") {
  Fixture fixture;
  const ids::PublicNumber unknown = ids::NewPublicNumber();
  const HttpResponse none = fixture.Show(unknown);
  CHECK(none.status == 404);
  CHECK(Has(none, "この番号の取組書はありません"));
  CHECK(Has(none, absl::StrCat("value=\"", ids::FormatPublicNumber(unknown), "\"")));
  const HttpResponse mistyped = fixture.site.Get("/certificates/\"><script>");
  CHECK(mistyped.status == 404);
  CHECK(Has(mistyped, "番号にまちがいがあるようです"));
  CHECK_FALSE(Has(mistyped, "<script>\""));
}

TEST_CASE("the search box takes a number however it is typed") {
  Fixture fixture;
  const std::string number = fixture.examples.valid.value;
  const std::string location = Site::LocationOf(
      fixture.site.Get(absl::StrCat("/certificates?certificate_number=%20", number, "&lang=en")));
  CHECK(location == absl::StrCat("/certificates/", ids::FormatPublicNumber(fixture.examples.valid),
                                 "?lang=en"));
  const HttpResponse wrong = fixture.site.Get("/certificates?certificate_number=123");
  CHECK(wrong.status == 422);
  CHECK(Has(wrong, "value=\"123\""));
  CHECK(fixture.site.Get("/certificates?certificate_number=").status == 422);
  CHECK(fixture.site.Get("/certificates").status == 200);
}

TEST_CASE("while the registry is away, the page says so") {
  Fixture fixture;
  fixture.site.everybody.FailNext(absl::UnavailableError("down"));
  CHECK(fixture.Show(fixture.examples.valid).status == 503);
}

}  // namespace
}  // namespace oshirase::gateway

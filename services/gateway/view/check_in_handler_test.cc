#include "services/gateway/view/check_in_handler.h"

#include <catch2/catch.hpp>

#include "common/log/testing/captured_log.h"
#include "services/gateway/testing/site.h"

namespace oshirase::gateway {
namespace {

struct Fixture {
  CapturedLog log;
  Site site;
  PublicExamples examples = AddExamples(site.everybody, site.registry);

  HttpResponse Show(const ids::VenueCode& code) { return site.Get("/c/" + code.value); }
};

TEST_CASE("a venue's address names it and opens the chat with its code, for nobody to keep") {
  Fixture fixture;
  const HttpResponse page = fixture.Show(fixture.examples.open_code);
  CHECK(page.status == 200);
  CHECK(Has(page, "髙﨑𠮷葛󠄀食堂 &lt;b&gt;みなと"));
  CHECK(Has(page, "href=\"https://line.me/R/oaMessage/%40oshirase/?"));
  CHECK(Has(page, "noindex"));
  CHECK(Has(page, "LINEがないとき"));
  CHECK(fixture.log.text().find(fixture.examples.open_code.value) == std::string::npos);
}

TEST_CASE("closed, suspended and outside its dates each get their answer and no button") {
  Fixture fixture;
  const std::pair<ids::VenueCode, const char*> cases[] = {
      {fixture.examples.closed_code, "受付を終えています"},
      {fixture.examples.suspended_code, "が止めています"},
      {fixture.examples.event_code, "2020年12月1日"}};
  for (const auto& [code, words] : cases) {
    const HttpResponse page = fixture.Show(code);
    INFO(words);
    CHECK(page.status == 200);
    CHECK(Has(page, words));
    CHECK_FALSE(Has(page, "line.me"));
    CHECK_FALSE(Has(page, "{"));
  }
}

TEST_CASE("an event is open from its start until its end") {
  Fixture fixture;
  const absl::Time start = absl::FromUnixSeconds(1606780800);
  const auto is_open = [&](absl::Time now) {
    fixture.site.now = now;
    return Has(fixture.Show(fixture.examples.event_code), "line.me");
  };
  CHECK_FALSE(is_open(start - absl::Seconds(1)));
  CHECK(is_open(start));
  CHECK_FALSE(is_open(start + absl::Hours(8)));
}

TEST_CASE("codes of nobody and mistyped ones are told apart, and an absent registry from both") {
  Fixture fixture;
  const HttpResponse unknown = fixture.Show(ids::NewVenueCode());
  CHECK(unknown.status == 404);
  CHECK(Has(unknown, "このQRコードは使われていません"));
  const HttpResponse mistyped = fixture.site.Get("/c/ABCD-<script>");
  CHECK(mistyped.status == 404);
  CHECK(Has(mistyped, "施設コードにまちがいがあるようです"));
  CHECK_FALSE(Has(mistyped, "ABCD-<"));
  fixture.site.registry.FailAll(absl::UnavailableError("down"));
  CHECK(fixture.Show(fixture.examples.open_code).status == 503);
}

}  // namespace
}  // namespace oshirase::gateway

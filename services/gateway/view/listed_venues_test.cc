#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "services/gateway/open_data/venue_table.h"
#include "services/gateway/testing/site.h"
#include "services/gateway/view/open_data_handler.h"

namespace oshirase::gateway {
namespace {

struct Fixture {
  Site site;
  PublicExamples examples = AddExamples(site.everybody, site.registry);
};

// A file as it arrives, piece by piece.
std::string Download(Site& site, const std::string& target) {
  const HttpResponse response = site.Get(target);
  REQUIRE(response.status == 200);
  std::string file;
  while (true) {
    const auto piece = response.pieces();
    REQUIRE(piece.ok());
    if (piece->empty()) return file;
    file += *piece;
  }
}

// Where the link that holds `word` leads.
std::string LinkWith(const HttpResponse& page, const std::string& word) {
  const size_t end = page.body.find("\">" + word);
  if (end == std::string::npos) return "";
  const size_t start = page.body.rfind('"', end - 1) + 1;
  std::string link = page.body.substr(start, end - start);
  for (size_t at; (at = link.find("&amp;")) != std::string::npos;) link.replace(at, 5, "&");
  return link;
}

TEST_CASE("listed venues are shown page by page, each once") {
  Fixture fixture;
  HttpResponse page = fixture.site.Get("/venues");
  CHECK(Has(page, "45件見つかりました"));
  int shown = 0;
  int pages = 0;
  while (true) {
    ++pages;
    for (size_t at = 0; (at = page.body.find("class=\"venue\"", at)) != std::string::npos; ++at) {
      ++shown;
    }
    const std::string next = LinkWith(page, "次の施設を見る");
    if (next.empty()) break;
    page = fixture.site.Get(next);
  }
  CHECK(pages == 3);
  CHECK(shown == 45);
  CHECK(Has(page, "最初に戻る"));
}

TEST_CASE("a search keeps its words and its industry, and says when it found nothing") {
  Fixture fixture;
  const HttpResponse page = fixture.site.Get("/venues?q=%E6%9C%AC%E7%94%BA2&kind=shop");
  CHECK(Has(page, "value=\"本町2\""));
  CHECK(Has(page, "<option value=\"shop\" selected>"));
  CHECK_FALSE(Has(page, "1号店</a>"));
  CHECK(Has(fixture.site.Get("/venues?q=nowhere"), "見つかりませんでした"));
  CHECK(Has(fixture.site.Get("/venues?kind=nothing"), "45件"));
  const HttpResponse all = fixture.site.Get("/venues");
  CHECK(Has(all, "県が現地で確かめました"));
  CHECK(Has(all, "開催："));
  CHECK_FALSE(Has(all, "HYPERLINK(\"http"));
}

TEST_CASE("a search that is too long, a page of another one and an absent registry are told") {
  Fixture fixture;
  const HttpResponse longer = fixture.site.Get("/venues?q=" + std::string(101, 'x'));
  CHECK(longer.status == 422);
  CHECK(Has(longer, "100文字以内"));
  CHECK(absl::StartsWith(Site::LocationOf(fixture.site.Get("/venues?page=odd")), "/venues?lang="));
  fixture.site.everybody.FailNext(absl::UnavailableError("down"));
  CHECK(fixture.site.Get("/venues").status == 503);
}

TEST_CASE("the CSV has a mark, a head and a line for each venue, and no formula") {
  Fixture fixture;
  CHECK(fixture.site.Get("/open-data/venues.csv").content_type == "text/csv; charset=utf-8");
  const std::string file = Download(fixture.site, "/open-data/venues.csv");
  CHECK(absl::StartsWith(file, "\xEF\xBB\xBF全国地方公共団体コード,"));
  const std::vector<std::string> lines = absl::StrSplit(file, "\r\n");
  CHECK(lines.size() == 1 + 45 + 1);
  CHECK(absl::StrContains(file, "\"'=HYPERLINK("));
  CHECK(absl::StrContains(file, ",'+81-45-285-0536,"));
  CHECK(absl::StrContains(file, "140007"));
}

TEST_CASE("the JSON is one list with the columns of the CSV, also when nobody is listed") {
  Fixture fixture;
  const auto json = nlohmann::json::parse(Download(fixture.site, "/open-data/venues.json"));
  REQUIRE(json.size() == 45);
  CHECK(json[0].size() == VenueColumns().size());
  CHECK(json[0]["名称"] == "=HYPERLINK(\"http://evil.example\"),\"食堂\"");
  Site nobody;
  CHECK(nlohmann::json::parse(Download(nobody, "/open-data/venues.json")).empty());
}

TEST_CASE("a file that cannot begin is an error, and one that cannot end breaks off") {
  Fixture fixture;
  fixture.site.everybody.FailNext(absl::UnavailableError("down"));
  CHECK(fixture.site.Get("/open-data/venues.csv").status == 503);

  const auto renderer = Renderer::Create({.prefecture_name = "神奈川県"});
  OpenDataHandler handler(fixture.site.everybody, *renderer);
  const HttpResponse response = handler.Routes()[1].handler({});
  fixture.site.everybody.FailNext(absl::UnavailableError("down"));
  CHECK(absl::IsUnavailable(response.pieces().status()));
}

TEST_CASE("only so many files are sent at once, and their places come free again") {
  Fixture fixture;
  const auto renderer = Renderer::Create({.prefecture_name = "神奈川県"});
  OpenDataHandler handler(fixture.site.everybody, *renderer);
  const Route route = handler.Routes()[1];
  std::vector<HttpResponse> running;
  for (int i = 0; i < OpenDataHandler::kMaxDownloads; ++i) running.push_back(route.handler({}));
  CHECK(running.back().status == 200);
  CHECK(route.handler({}).status == 503);
  running.pop_back();
  CHECK(route.handler({}).status == 200);
}

TEST_CASE("the catalogue of the open data describes every column in every language") {
  Site site;
  for (const char* language : {"ja", "ja-easy", "en"}) {
    const HttpResponse page = site.Get(std::string("/open-data?lang=") + language);
    for (const VenueColumn& column : VenueColumns()) {
      CHECK(Has(page, column.name));
      CHECK_FALSE(Has(page, std::string("open_data.") + column.word));
    }
    CHECK(Has(page, "CC BY 4.0"));
  }
}

}  // namespace
}  // namespace oshirase::gateway

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/gateway/testing/own_venue.h"

namespace oshirase::gateway {
namespace {

constexpr char kHeadings[] = "kind,name,address,measure_ids,measures,name_consent,listed\n";

// As a browser sends a form with a file.
HttpResponse SendFile(Site& site, const std::string& csrf, const std::string& bytes) {
  const std::string body = absl::StrCat(
      "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n", csrf,
      "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
      "Content-Type: text/csv\r\n\r\n",
      bytes, "\r\n--x--\r\n");
  return site.PostBody("/upkeep/csv", body, {{"Content-Type", "multipart/form-data; boundary=x"}});
}

struct BulkFixture : OwnVenueFixture {
  BulkFixture() : csrf(HiddenField(site.Get("/upkeep/csv"), "csrf")) {}

  HttpResponse Upload(const std::string& bytes) { return SendFile(site, csrf, bytes); }
  HttpResponse Import(const HttpResponse& check) {
    return site.Post("/upkeep/csv/import",
                     {{"csrf", csrf}, {"upload", HiddenField(check, "upload")}});
  }

  std::string csrf;
};

TEST_CASE("a file is checked, shown in numbers, and registered as a whole after a second look") {
  BulkFixture fixture;
  const HttpResponse check = fixture.Upload(absl::StrCat(
      kHeadings, "飲食店,髙島屋,本町1,common-air-30min;restaurant-seat-distance,\"a;b\",はい,\n",
      "\n", "cinema,=cmd(),本町2,,手すりを拭く,,yes\n"));
  CHECK(check.status == 200);
  CHECK(Has(check, "2施設を登録する"));
  CHECK(Has(check, "髙島屋"));
  REQUIRE(fixture.site.bulk.imports().size() == 1);
  CHECK(fixture.site.bulk.imports().front().check_only);
  CHECK(fixture.site.business.venues().size() == 1);

  const std::string done = Site::LocationOf(fixture.Import(check));
  CHECK(Has(fixture.site.Get(done), "2施設"));
  REQUIRE(fixture.site.business.venues().size() == 3);
  const VenueDetails first = fixture.site.business.venues()[1].details;
  CHECK(first.kind == "restaurant");
  CHECK(first.measure_ids.size() == 2);
  CHECK(first.own_measures == std::vector<std::string>{"a", "b"});
  CHECK(first.name_consent);
  CHECK_FALSE(first.listed);
  CHECK(fixture.site.business.venues()[2].details.name == "=cmd()");

  CHECK(fixture.Import(check).status == 303);
  CHECK(fixture.site.business.venues().size() == 3);
}

TEST_CASE("all bad lines are reported with line, column and words, and nothing is registered") {
  BulkFixture fixture;
  fixture.site.bulk.RefuseNext({{1, "name", "TWICE"}});
  const HttpResponse page = fixture.Upload(
      absl::StrCat(kHeadings, "飯屋,a,b,,c,,\n", "restaurant,,b,x-unknown,,maybe,\n",
                   "restaurant,\"<script>x</script>\",", std::string(10'000, 'y'), ",,c,,\n"));
  CHECK(page.status == 422);
  CHECK(Has(page, "<th scope=\"row\">2</th><td>業種</td><td>「飯屋」という業種はありません</td>"));
  CHECK(Has(page, "<th scope=\"row\">3</th><td>施設の名前</td><td>名前を入力してください</td>"));
  CHECK(Has(page, "<td>対策</td><td>「x-unknown」はこの業種の対策の一覧にありません"));
  CHECK(Has(page, "<td>お知らせに名前を入れる</td>"));
  CHECK(Has(page, "<th scope=\"row\">4</th><td>町名・番地・建物の名前</td>"));
  CHECK(Has(page, "href=\"#file\""));
  CHECK_FALSE(Has(page, "<script>"));
  CHECK(fixture.site.bulk.imports().empty());
}

TEST_CASE("what the registry knows of good lines is told with what is wrong in others") {
  BulkFixture fixture;
  fixture.site.bulk.RefuseNext({{1, "name", "TWICE"}});
  const HttpResponse page = fixture.Upload(
      absl::StrCat(kHeadings, "飯屋,a,b,,c,,\n", "restaurant,x,y,,c,,\n", "restaurant,x,y,,c,,\n"));
  CHECK(page.status == 422);
  CHECK(Has(page, "問題が2件"));
  CHECK(Has(page, "<th scope=\"row\">2</th><td>業種</td>"));
  CHECK(Has(page, "<th scope=\"row\">4</th><td>施設の名前</td>"));
  CHECK(fixture.site.business.venues().size() == 1);
}

TEST_CASE("no more than 200 problems are shown, and all are counted") {
  BulkFixture fixture;
  std::string file = kHeadings;
  for (int i = 0; i < 300; ++i) file += "x,a,b,,c,,\n";
  const HttpResponse page = fixture.Upload(file);
  CHECK(Has(page, "問題が300件"));
  CHECK(Has(page, "<th scope=\"row\">201</th>"));
  CHECK_FALSE(Has(page, "<th scope=\"row\">202</th>"));
}

TEST_CASE("what is no such file is told in its own words") {
  BulkFixture fixture;
  CHECK(Has(fixture.Upload(""), "CSVファイルを選んでください"));
  CHECK(Has(fixture.Upload("\xFF\xFE\x01"), "UTF-8 か Shift_JIS"));
  CHECK(Has(fixture.Upload("\"a"), "引用符"));
  CHECK(Has(fixture.Upload("a,b\n1,2\n"), "この見出しの列はありません"));
  CHECK(Has(fixture.Upload("kind,kind,name,address,measure_ids\n"), "同じ見出しの列が2つ"));
  CHECK(Has(fixture.Upload("kind,name\n"), "<td>対策</td><td>この列がありません"));
  CHECK(Has(fixture.Upload(kHeadings), "施設の行がありません"));
  std::string many = kHeadings;
  for (int i = 0; i < 5001; ++i) many += "a\n";
  CHECK(Has(fixture.Upload(many), "5000行まで"));
}

TEST_CASE("the template is a file that only lacks the right names") {
  BulkFixture fixture;
  const std::string file = fixture.site.Get("/upkeep/csv/template.csv").body;
  CHECK(absl::StartsWith(file, "\xEF\xBB\xBF\"業種\""));
  CHECK(fixture.Upload(file).status == 200);
  CHECK(Has(fixture.site.Get("/upkeep/csv/measures.csv"), "\"common-air-30min\""));
}

TEST_CASE("what the registry finds wrong is told at its line") {
  BulkFixture fixture;
  fixture.site.bulk.RefuseNext(
      {{1, "name", "ALREADY_REGISTERED"}, {1, "phone", "BAD_PHONE"}, {2, "name", "TWICE"}});
  const HttpResponse page = fixture.Upload(
      absl::StrCat(kHeadings, "cinema,a,b,,c,,\n\ncinema,d,e,,f,,\ncinema,d,e,,f,,\n"));
  CHECK(Has(page, "<th scope=\"row\">4</th><td>施設の名前</td><td>同じ名前と場所"));
  CHECK(Has(page, "<th scope=\"row\">4</th><td>電話番号</td>"));
  CHECK(Has(page, "<th scope=\"row\">5</th><td>施設の名前</td><td>同じ名前と場所の施設が、上の行"));
}

TEST_CASE("an import that may not have arrived can be sent again, a made up one cannot be sent") {
  BulkFixture fixture;
  const HttpResponse check = fixture.Upload(absl::StrCat(kHeadings, "cinema,a,b,,c,,\n"));
  fixture.site.bulk.FailNext(absl::UnavailableError("down"));
  const HttpResponse again = fixture.Import(check);
  CHECK(again.status == 503);
  CHECK(fixture.Import(again).status == 303);
  CHECK(fixture.site.Post("/upkeep/csv/import", {{"csrf", fixture.csrf}, {"upload", "x"}}).status ==
        400);
  CHECK(SendFile(fixture.site, "x", "a").status == 403);
  fixture.site.now += absl::Hours(2);
  CHECK(fixture.Import(check).status == 410);
}

TEST_CASE("a form with files is read as browsers send it, and nothing else") {
  BulkFixture fixture;
  const auto send = [&](const std::string& type, const std::string& body) {
    return fixture.site.PostBody("/upkeep/csv", body, {{"Content-Type", type}}).status;
  };
  CHECK(send("text/plain", "") == 400);
  CHECK(send("multipart/form-data", "--x--") == 400);
  CHECK(send("multipart/form-data; boundary=x", "--x\r\n\r\n") == 400);
  CHECK(send("multipart/form-data; boundary=x", "--x\r\nno name\r\n\r\n\r\n--x--") == 400);
  CHECK(send("multipart/form-data; boundary=x", "--x--") == 403);
  std::string parts;
  for (int i = 0; i < 21; ++i) {
    parts += "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
  }
  CHECK(send("multipart/form-data; boundary=x", parts + "--x--") == 400);
}

TEST_CASE("a bundle is begun, watched and handed over piece by piece") {
  BulkFixture fixture;
  const HttpResponse begun = fixture.site.Post(
      "/upkeep/bundles", {{"csrf", fixture.csrf}, {"document", "poster"}, {"format", "zip"}});
  const std::string path = Site::LocationOf(begun);
  const HttpResponse progress = fixture.site.Get(path);
  CHECK(Has(progress, "1施設のうち0施設"));
  CHECK(HeaderOf(progress, "Refresh") == "3");
  const HttpResponse done = fixture.site.Get(path + "?still");
  CHECK(Has(done, "書類ができました"));
  CHECK(HeaderOf(done, "Refresh").empty());
  CHECK(Has(done, absl::StrCat("href=\"", path, "/file\"")));

  const HttpResponse file = fixture.site.Get(path + "/file");
  CHECK(file.content_type == "application/zip");
  REQUIRE(file.pieces);
  CHECK(*file.pieces() == "first piece,");
  CHECK(*file.pieces() == "second piece");
  CHECK(file.pieces()->empty());
}

TEST_CASE("a bundle that looks on in peace, is not done, failed or is gone says so") {
  BulkFixture fixture;
  const auto start = [&] {
    return fixture.site.Post(
        "/upkeep/bundles",
        {{"csrf", fixture.csrf}, {"document", "certificate"}, {"format", "pdf"}});
  };
  const std::string path = Site::LocationOf(start());
  const HttpResponse still = fixture.site.Get(path + "?still&lang=en");
  CHECK(HeaderOf(still, "Refresh").empty());
  CHECK_FALSE(Has(still, "3 seconds"));

  const std::string other = Site::LocationOf(start());
  fixture.site.bulk.FailNext(
      ReasonedError(absl::StatusCode::kNotFound, "BUNDLE_NOT_FOUND", "gone"));
  CHECK(Has(fixture.site.Get(other), "その書類はもうありません"));
  fixture.site.bulk.FailBundles();
  CHECK(Has(fixture.site.Get(other), "書類を作れませんでした"));
  for (const auto& [reason, words] : {std::pair{"NO_VENUES", "開いている施設がありません"},
                                      std::pair{"TOO_MANY_BUNDLES", "ほかの書類を作っている"}}) {
    fixture.site.bulk.FailNext(
        ReasonedError(absl::StatusCode::kFailedPrecondition, reason, "refused"));
    CHECK(Has(start(), words));
  }
  CHECK(fixture.site.Post("/upkeep/bundles", {{"csrf", fixture.csrf}, {"document", "x"}}).status ==
        422);
}

}  // namespace
}  // namespace oshirase::gateway

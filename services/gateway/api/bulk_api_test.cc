#include "services/gateway/api/bulk_api.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/gateway/testing/api_site.h"
#include "services/gateway/testing/site.h"

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;
using Places = std::vector<std::string>;

constexpr char kImports[] = "/api/v1/imports";
constexpr char kCsv[] =
    "業種,施設の名前,町名・番地・建物の名前,対策\r\n飲食店,みなと食堂,本町1-1,common-air-30min\r\n"
    "飲食店,二号店,本町1-2,common-air-30min\r\n";

Json ListOf(std::initializer_list<const char*> names) {
  Json list = Json::array();
  for (const char* name : names) list.push_back(RestaurantJson(name));
  return list;
}

TEST_CASE("a list registers all its venues, once for its key") {
  ApiSite site;
  const std::string body = ListOf({"一", "二", "三"}).dump();
  const ApiSite::Headers key = {{"Idempotency-Key", "one"}};
  const HttpResponse response = site.Send("POST", kImports, body, key);
  CHECK(response.status == 200);
  CHECK(BodyOf(response) == Json{{"venue_count", 3}, {"check_only", false}});
  CHECK(site.Send("POST", kImports, body, key).body == response.body);
  CHECK(site.business.venues().size() == 3);
  CHECK(ProblemIn(site.Send("POST", kImports, ListOf({"四"}).dump(), key)) ==
        "idempotency-key-reused");
  CHECK(ProblemIn(site.Send("POST", kImports, body, {{"Idempotency-Key", ""}})) ==
        "idempotency-key-missing");
}

TEST_CASE("another list is never taken for one registered before, whoever remembers its key") {
  ApiSite site;
  site.Send("POST", kImports, ListOf({"一"}).dump(), {{"Idempotency-Key", "one"}});
  site.Send("POST", kImports, ListOf({"一"}).dump(), {{"Idempotency-Key", "two"}});
  site.Send("POST", kImports, ListOf({"二"}).dump(), {{"Idempotency-Key", "three"}});
  const auto imports = site.bulk.imports();
  REQUIRE(imports.size() == 3);
  CHECK(imports[0].request_id != imports[1].request_id);
  CHECK(imports[1].request_id != imports[2].request_id);
}

TEST_CASE("a list may only be checked, without a key") {
  ApiSite site;
  const std::string target = std::string(kImports) + "?check_only=true";
  const HttpResponse response =
      site.Send("POST", target, ListOf({"一"}).dump(), {{"Idempotency-Key", ""}});
  CHECK(BodyOf(response) == Json{{"venue_count", 1}, {"check_only", true}});
  CHECK(site.business.venues().empty());
  CHECK(PlacesIn(site.Send("POST", std::string(kImports) + "?check_only=1", "[]")) ==
        Places{"check_only NOT_ONE_OF"});
}

TEST_CASE("all that is wrong with a list is told, and nothing is registered") {
  ApiSite site;
  Json list = ListOf({"一", "二", "三"});
  list[1]["kind"] = 7;
  list.push_back("x");
  site.bulk.RefuseNext({{0, "name", "TOO_LONG", "rows[0].name"},
                        {1, "measures", "UNKNOWN_MEASURE", "rows[1].measure_ids[0]"}});
  const HttpResponse response = site.Send("POST", kImports, list.dump());
  CHECK(response.status == 422);
  CHECK(PlacesIn(response) == Places{"#/1/kind WRONG_TYPE", "#/3 WRONG_TYPE", "#/0/name TOO_LONG",
                                     "#/2/measure_ids/0 UNKNOWN_MEASURE"});
  CHECK(site.bulk.imports().front().check_only);
  CHECK(site.business.venues().empty());
}

TEST_CASE("a list has 1 to 5000 venues") {
  ApiSite site;
  CHECK(PlacesIn(site.Send("POST", kImports, "[]")) == Places{"# REQUIRED"});
  CHECK(PlacesIn(site.Send("POST", kImports, "{}")) == Places{"# WRONG_TYPE"});
  CHECK(PlacesIn(site.Send("POST", kImports, Json(std::vector<int>(5001, 1)).dump())) ==
        Places{"# TOO_MANY"});
  CHECK(ProblemIn(site.Send("POST", kImports, "x", {{"Content-Type", "text/plain"}})) ==
        "unsupported-media-type");
}

TEST_CASE("the CSV file of the pages is taken as well, with its lines and columns") {
  ApiSite site;
  const ApiSite::Headers csv = {{"Content-Type", "text/csv; charset=utf-8"}};
  CHECK(BodyOf(site.Send("POST", kImports, kCsv, csv))["venue_count"] == 2);
  CHECK(site.business.venues().front().details.kind == "restaurant");

  const HttpResponse wrong = site.Send(
      "POST", kImports, "業種,施設の名前,町名・番地・建物の名前,対策\r\n魔法,店,町,x\r\n", csv);
  CHECK(wrong.status == 422);
  CHECK(PlacesIn(wrong).front() == "業種 UNKNOWN_KIND");
  CHECK(BodyOf(wrong)["errors"][0]["line"] == 2);
  CHECK(BodyOf(wrong)["errors"][0]["detail"] == "「魔法」という業種はありません");

  site.bulk.RefuseNext({{1, "name", "TWICE", "rows[1].name"}});
  const HttpResponse twice = site.Send("POST", kImports, kCsv, csv);
  CHECK(PlacesIn(twice) == Places{"施設の名前 TWICE"});
  CHECK(BodyOf(twice)["errors"][0]["line"] == 3);
}

TEST_CASE("a bundle is begun, watched and fetched") {
  ApiSite site;
  site.Add("一");
  site.Add("二");
  const HttpResponse started =
      site.Send("POST", "/api/v1/bundles", R"({"document":"poster","format":"zip"})");
  CHECK(started.status == 202);
  const std::string path = HeaderOf(started, "Location");
  CHECK(path == "/api/v1/bundles/" + BodyOf(started)["bundle_id"].get<std::string>());
  const HttpResponse early = site.Get(path);
  CHECK(BodyOf(early)["state"] == "drawing");
  CHECK(BodyOf(early)["file"].is_null());
  CHECK(HeaderOf(early, "Retry-After") == "1");
  CHECK(BodyOf(site.Get(path))["done"] == 1);
  const Json done = BodyOf(site.Get(path));
  CHECK(done["state"] == "done");
  CHECK(done["file"] == path + "/file.zip");

  const HttpResponse file = site.Get(path + "/file.zip");
  CHECK(file.content_type == "application/zip");
  CHECK(HeaderOf(file, "Content-Disposition") == "attachment; filename=\"venues.zip\"");
  CHECK(*file.pieces() == "first piece,");
  CHECK(ProblemIn(site.Get(path + "/file.pdf")) == "not-found");
  site.bulk.FailBundles();
  CHECK(BodyOf(site.Get(path))["state"] == "failed");
}

TEST_CASE("a bundle that is not done, not there or not possible says so") {
  ApiSite site;
  const std::string poster = R"({"document":"poster","format":"pdf"})";
  CHECK(ProblemIn(site.Send("POST", "/api/v1/bundles", poster)) == "no-venues");
  site.Add("一");
  site.Add("二");
  site.Add("三");
  const std::string path = HeaderOf(site.Send("POST", "/api/v1/bundles", poster), "Location");
  const HttpResponse early = site.Get(path + "/file.pdf");
  CHECK(early.status == 409);
  CHECK(ProblemIn(early) == "bundle-not-done");
  CHECK(ProblemIn(site.Get("/api/v1/bundles/x")) == "bundle-not-found");
  CHECK(ProblemIn(site.Get("/api/v1/bundles/0b7e3c1e-6f0e-4d1b-9d2a-6f4f6a1f2c33/file.zip")) ==
        "bundle-not-found");
  site.bulk.FailNext(
      ReasonedError(absl::StatusCode::kResourceExhausted, "TOO_MANY_BUNDLES", "busy"));
  const HttpResponse many = site.Send("POST", "/api/v1/bundles", poster);
  CHECK(many.status == 429);
  CHECK(HeaderOf(many, "Retry-After") == "30");
  CHECK(PlacesIn(site.Send("POST", "/api/v1/bundles", R"({"document":"x","colour":1})")) ==
        Places{"#/document NOT_ONE_OF", "#/format REQUIRED", "#/colour UNKNOWN_MEMBER"});
}

}  // namespace
}  // namespace oshirase::gateway

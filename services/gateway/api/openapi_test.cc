// Holds openapi.json and problems.json to what the program does, as far as routes and names tell;
// requests and answers are validated by tests/e2e/api.test.mjs.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/testing/api_site.h"
#include "services/gateway/view/assets.h"

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;

TEST_CASE("the description has every route and no other") {
  ApiSite site;
  const Json description = Json::parse(FindAsset("api/openapi.json"));
  std::set<std::string> described;
  for (const auto& [path, item] : description["paths"].items()) {
    for (const auto& [member, operation] : item.items()) {
      if (member != "parameters") {
        described.insert(absl::StrCat(absl::AsciiStrToUpper(member), " ", path));
      }
    }
  }
  std::set<std::string> routes;
  for (const Route& route : site.router().routes()) {
    routes.insert(absl::StrCat(route.method, " ", route.path));
  }
  CHECK(described == routes);
}

TEST_CASE("every problem has words in both languages, and can be looked up") {
  ApiSite site;
  const Json json = Json::parse(FindAsset("api/problems.json"));
  const auto in_both = [](const Json& words) {
    return words.size() == 2 && !words.value("ja", "").empty() && !words.value("en", "").empty();
  };
  for (const auto& [kind, problem] : json["problems"].items()) {
    INFO(kind);
    CHECK(in_both(problem["title"]));
    CHECK(in_both(problem["detail"]));
    const HttpResponse meaning = site.Get("/api/v1/problems/" + kind, {{"Accept-Language", "en"}});
    CHECK(meaning.status == 200);
    CHECK(BodyOf(meaning)["status"] == problem["status"]);
    CHECK(BodyOf(meaning)["title"] == problem["title"]["en"]);
  }
  for (const auto& [reason, words] : json["reasons"].items()) {
    INFO(reason);
    CHECK(in_both(words));
  }
  CHECK(ProblemIn(site.Get("/api/v1/problems/nonsense")) == "not-found");
}

TEST_CASE("the catalogue is there in each of its languages") {
  ApiSite site;
  const Json japanese = BodyOf(site.Get("/api/v1/catalogue", {{"Authorization", ""}}));
  CHECK(japanese["kinds"].size() == 20);
  CHECK(japanese["kinds"][0]["kind"] == "restaurant");
  CHECK(japanese["kinds"][0]["stay_minutes"] == 120);
  CHECK(japanese["kinds"][0]["measures"].size() >= 8);
  for (const auto& language : japanese["languages"]) {
    const std::string tag = language;
    const Json catalogue = BodyOf(site.Get("/api/v1/catalogue?lang=" + tag));
    CHECK(catalogue["language"] == tag);
    if (tag == "en") CHECK(catalogue["groups"][0]["name"] != japanese["groups"][0]["name"]);
  }
  const HttpResponse unknown = site.Get("/api/v1/catalogue?lang=tlh");
  CHECK(ProblemIn(unknown) == "invalid-parameter");
  CHECK(PlacesIn(unknown) == std::vector<std::string>{"lang NOT_ONE_OF"});
}

TEST_CASE("errors that no handler makes are problems too") {
  ApiSite site;
  HttpRequest request;
  for (const int status : {400, 404, 405, 408, 411, 413, 414, 415, 417, 500, 503}) {
    const HttpResponse answer = site.api().ErrorAnswer(request, status);
    CHECK(answer.status == status);
    CHECK_FALSE(ProblemIn(answer).empty());
  }
  CHECK(Api::Owns("/api/v1/venues"));
  CHECK_FALSE(Api::Owns("/apiary"));
}

}  // namespace
}  // namespace oshirase::gateway

#include "services/gateway/api/catalogue_api.h"

#include <algorithm>
#include <utility>

#include "services/gateway/api/negotiation.h"
#include "services/gateway/view/assets.h"

namespace oshirase::gateway {
namespace {

using nlohmann::ordered_json;

constexpr char kForAWhile[] = "public, max-age=300";

HttpResponse Kept(HttpResponse response) {
  response.headers.emplace_back("Cache-Control", kForAWhile);
  return response;
}

ordered_json KindJson(const catalogue::Industry& industry, const std::string& language) {
  ordered_json measures = ordered_json::array();
  for (const catalogue::Measure* measure : industry.measures) {
    measures.push_back({{"measure_id", measure->id},
                        {"group_id", measure->group->id},
                        {"text", measure->text.In(language)}});
  }
  return {{"kind", industry.kind},
          {"name", industry.name.In(language)},
          {"example", industry.example.In(language)},
          {"stay_minutes", absl::ToInt64Minutes(industry.stay)},
          {"is_event", industry.has_own_end},
          {"measures", measures}};
}

ordered_json CatalogueJson(const catalogue::Catalogue& catalogue, const std::string& language) {
  ordered_json groups = ordered_json::array();
  for (const catalogue::Group& group : catalogue.groups()) {
    groups.push_back({{"group_id", group.id}, {"name", group.name.In(language)}});
  }
  ordered_json kinds = ordered_json::array();
  for (const catalogue::Industry& industry : catalogue.industries()) {
    kinds.push_back(KindJson(industry, language));
  }
  return {{"version", catalogue.version()},
          {"language", language},
          {"languages", catalogue.languages()},
          {"groups", groups},
          {"kinds", kinds}};
}

}  // namespace

std::vector<Route> CatalogueApi::Routes() {
  const ApiCalls& calls = parts_.calls;
  return {{"GET", "/api/v1/openapi.json", "api_description",
           calls.ForAnyone(kJsonType,
                           [](const HttpRequest&) -> ApiCalls::Answer {
                             HttpResponse response;
                             response.content_type = kJsonType;
                             response.body = FindAsset("api/openapi.json");
                             return Kept(std::move(response));
                           })},
          {"GET", "/api/v1/catalogue", "api_catalogue",
           calls.ForAnyone(kJsonType,
                           [this](const HttpRequest& request) { return ShowCatalogue(request); })},
          {"GET", "/api/v1/problems/{problem}", "api_problem",
           calls.ForAnyone(
               kJsonType, [this](const HttpRequest& request) { return ExplainProblem(request); })}};
}

ApiCalls::Answer CatalogueApi::ShowCatalogue(const HttpRequest& request) const {
  const std::string asked(request.Query("lang"));
  const std::string language = asked.empty() ? "ja" : asked;
  const auto& languages = parts_.catalogue.languages();
  if (std::find(languages.begin(), languages.end(), language) == languages.end()) {
    return Problem{.kind = "invalid-parameter",
                   .places = {{ProblemPlace::Kind::kParameter, "lang", 0, "NOT_ONE_OF", ""}}};
  }
  HttpResponse response = JsonAnswer(200, CatalogueJson(parts_.catalogue, language));
  response.headers.emplace_back("Content-Language", language == "ja-easy" ? "ja" : language);
  return Kept(std::move(response));
}

ApiCalls::Answer CatalogueApi::ExplainProblem(const HttpRequest& request) const {
  const Language language = PreferredLanguage(request.Header("Accept-Language"));
  HttpResponse response;
  response.content_type = kJsonType;
  response.body = parts_.problems.Explain(request.PathValue("problem"), language);
  if (response.body.empty()) return ProblemOfStatus(404);
  response.headers.emplace_back("Content-Language", InfoOf(language).html_lang);
  response.headers.emplace_back("Vary", "Accept-Language");
  return Kept(std::move(response));
}

}  // namespace oshirase::gateway

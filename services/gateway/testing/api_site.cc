#include "services/gateway/testing/api_site.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/ids/uuid.h"
#include "services/gateway/forms/form_body.h"

namespace oshirase::gateway {
namespace {

constexpr char kApiKey[] = "osk_0123456789012345678901234567890123456789012";

}  // namespace

ApiSite::ApiSite()
    : now(absl::Now()),
      api_(*Api::Create({business, bulk, visits}, {"https://oshirase.example", "@oshirase"},
                        crypto::SecretKey::Random(), [this] { return now; })),
      router_(api_->Routes()) {
  business.IssueApiKey(kApiKey, "minato@example.jp");
}

HttpResponse ApiSite::Send(const std::string& method, const std::string& target,
                           const std::string& body, const Headers& headers) {
  Headers sent = {{"Authorization", absl::StrCat("Bearer ", kApiKey)}};
  if (method != "GET") sent.emplace_back("Content-Type", "application/json");
  if (method == "POST") sent.emplace_back("Idempotency-Key", ids::NewUuid());
  for (const auto& [name, value] : headers) {
    std::erase_if(sent, [&name = name](const auto& header) { return header.first == name; });
    if (!value.empty()) sent.emplace_back(name, value);
  }
  const size_t mark = std::min(target.find('?'), target.size());
  HttpRequest request;
  request.method = method;
  request.path = target.substr(0, mark);
  request.body = body;
  const FormBody query = *ParseFormBody(target.substr(std::min(mark + 1, target.size())));
  request.query.assign(query.begin(), query.end());
  for (const auto& [name, value] : sent) request.headers.emplace_back(name, value);
  request.request_id = ids::NewUuid();
  const Route* route = router_.Find(request.method, request.path);
  INFO(method << " " << target);
  REQUIRE(route != nullptr);
  request.path_values = Router::PathValues(*route, request.path);
  return route->handler(request);
}

std::string ApiSite::Add(const std::string& name) {
  const HttpResponse response = Send("POST", "/api/v1/venues", RestaurantJson(name).dump());
  REQUIRE(response.status == 201);
  return BodyOf(response)["venue_id"];
}

nlohmann::json RestaurantJson(const std::string& name) {
  return {{"name", name},
          {"kind", "restaurant"},
          {"address", "本町1-1"},
          {"measure_ids", {"common-air-30min"}},
          {"own_measures", {"入口に消毒液を置いています"}}};
}

nlohmann::json BodyOf(const HttpResponse& response) {
  auto json = nlohmann::json::parse(response.body, nullptr, false);
  INFO(response.body);
  REQUIRE_FALSE(json.is_discarded());
  return json;
}

std::string ProblemIn(const HttpResponse& response) {
  const auto body = BodyOf(response);
  REQUIRE(response.content_type == "application/problem+json");
  REQUIRE(body["status"] == response.status);
  REQUIRE_FALSE(body["title"].get<std::string>().empty());
  REQUIRE_FALSE(body["detail"].get<std::string>().empty());
  const std::string type = body["type"];
  return type.substr(type.rfind('/') + 1);
}

std::vector<std::string> PlacesIn(const HttpResponse& response) {
  const auto body = BodyOf(response);
  std::vector<std::string> places;
  for (const auto& error : body.value("errors", nlohmann::json::array())) {
    std::string where;
    for (const char* member : {"pointer", "parameter", "header", "column"}) {
      if (error.contains(member)) where = error[member].get<std::string>();
    }
    CHECK_FALSE(error["detail"].get<std::string>().empty());
    places.push_back(absl::StrCat(where, " ", error["reason"].get<std::string>()));
  }
  return places;
}

}  // namespace oshirase::gateway

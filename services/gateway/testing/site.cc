#include "services/gateway/testing/site.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "common/ids/uuid.h"
#include "services/gateway/forms/form_body.h"
#include "services/gateway/http/url.h"

namespace oshirase::gateway {
namespace {

// A few lines as tools/postal-codes writes them.
constexpr char kPostalCodes[] =
    "1000001\t東京都\t千代田区\t千代田\n"
    "2310005\t神奈川県\t横浜市中区\t本町\n"
    "2310021\t神奈川県\t横浜市中区\t日本大通\n"
    "4520961\t愛知県\t清須市\t春日一番割\n"
    "4520961\t愛知県\t清須市\t春日二番割\n"
    "4980000\t三重県\t桑名郡木曽岬町\t\n"
    "4980000\t愛知県\t弥富市\t\n";

}  // namespace

Site::Site(const std::string& public_url)
    : now(absl::Now()),
      pages_(*SitePages::Create({business, bulk, visits, everybody, venues_}, Options(public_url),
                                crypto::SecretKey::Random())),
      router_(pages_->Routes()) {}

SiteOptions Site::Options(const std::string& public_url) {
  const std::string path = directory_.File("postal_codes.tsv");
  std::ofstream(path) << kPostalCodes;
  return {.facts = {.prefecture_name = "神奈川県",
                    .consultation_phone = "045-285-0536",
                    .public_url = public_url,
                    .more_numbers = {{"聴覚に障がいのある方（FAX）", "045-633-3770"}}},
          .bot_basic_id = "@oshirase",
          .postal_codes = *PostalCodes::Open(path),
          .clock = [this] { return now; }};
}

HttpResponse Site::Ask(HttpRequest request, const Headers& headers) {
  const size_t mark = std::min(request.path.find('?'), request.path.size());
  const std::string query = request.path.substr(std::min(mark + 1, request.path.size()));
  request.path.resize(mark);
  const FormBody query_fields = *ParseFormBody(query);
  request.query.assign(query_fields.begin(), query_fields.end());
  request.headers = headers;
  if (!cookie.empty()) request.headers.emplace_back("Cookie", cookie);
  request.request_id = ids::NewUuid();
  const Route* route = router_.Find(request.method, request.path);
  INFO(request.method << " " << request.path);
  REQUIRE(route != nullptr);
  request.path_values = Router::PathValues(*route, request.path);
  HttpResponse response = route->handler(request);
  for (const auto& [name, value] : response.headers) {
    if (name == "Set-Cookie") cookie = value.substr(0, value.find(';'));
  }
  return response;
}

HttpResponse Site::Get(const std::string& target, const Headers& headers) {
  HttpRequest request;
  request.method = "GET";
  request.path = target;
  return Ask(std::move(request), headers);
}

HttpResponse Site::Post(const std::string& target, const Fields& fields, const Headers& headers) {
  HttpRequest request;
  request.method = "POST";
  request.path = target;
  request.body = EncodeQuery(fields);
  return Ask(std::move(request), headers);
}

HttpResponse Site::PostBody(const std::string& target, const std::string& body,
                            const Headers& headers) {
  HttpRequest request;
  request.method = "POST";
  request.path = target;
  request.body = body;
  return Ask(std::move(request), headers);
}

std::string Site::LocationOf(const HttpResponse& response) {
  REQUIRE(response.status == 303);
  for (const auto& [name, value] : response.headers) {
    if (name == "Location") return value;
  }
  FAIL("a 303 without a Location");
  return "";
}

std::string Site::MailedLinkOf(const Fields& answers) {
  const HttpResponse check = Post("/register/check", answers);
  REQUIRE(check.status == 200);
  const HttpResponse sent =
      Post("/register", {{"step", "check"}, {"draft", HiddenField(check, "draft")}});
  REQUIRE(sent.status == 303);
  return business.mailed().back();
}

Fields GoodAnswers() {
  return {{"kind", "restaurant"},
          {"name", "みなと食堂"},
          {"kana", "みなとしょくどう"},
          {"postal_code", "231-0005"},
          {"municipality", "横浜市中区"},
          {"address", "本町1-1"},
          {"phone", "045-285-0536"},
          {"measure_ids", "restaurant-seat-distance"},
          {"measure_ids", "common-air-30min"},
          {"measures", "入口に消毒液を置いています\r\n"},
          {"business_name", "みなと商店"},
          {"email", "minato@example.jp"},
          {"name_consent", "yes"}};
}

Fields With(Fields fields, const std::string& name, const std::string& value) {
  std::erase_if(fields, [&](const auto& field) { return field.first == name; });
  fields.emplace_back(name, value);
  return fields;
}

std::string HiddenField(const HttpResponse& page, const std::string& name) {
  const std::string before = absl::StrCat("<input type=\"hidden\" name=\"", name, "\" value=\"");
  const size_t at = page.body.find(before);
  if (at == std::string::npos) return "";
  const size_t start = at + before.size();
  return absl::StrReplaceAll(page.body.substr(start, page.body.find('"', start) - start),
                             {{"&#x3D;", "="}, {"&#61;", "="}});
}

std::string HeaderOf(const HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

bool Has(const HttpResponse& response, const std::string& text) {
  return absl::StrContains(response.body, text);
}

}  // namespace oshirase::gateway

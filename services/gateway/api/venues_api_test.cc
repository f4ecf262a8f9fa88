#include "services/gateway/api/venues_api.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/gateway/testing/api_site.h"
#include "services/gateway/testing/site.h"

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;
using Places = std::vector<std::string>;

constexpr char kVenues[] = "/api/v1/venues";

TEST_CASE("a venue is registered and given back exactly as it was sent") {
  ApiSite site;
  Json sent = RestaurantJson("髙﨑𠮷葛󠄀 <b>\"🏳️‍🌈\u200B");
  sent["phone"] = "＋８１-45";
  sent["listed"] = true;
  const HttpResponse response = site.Send("POST", kVenues, sent.dump());

  CHECK(response.status == 201);
  const Json venue = BodyOf(response);
  const std::string id = venue["venue_id"];
  CHECK(HeaderOf(response, "Location") == "/api/v1/venues/" + id);
  CHECK(HeaderOf(response, "ETag") == "\"1\"");
  for (const auto& [name, value] : sent.items()) CHECK(venue[name] == value);
  CHECK(venue["state"] == "open");
  CHECK(venue["revision"] == 1);
  CHECK(venue["name_consent"] == false);
  CHECK(venue["certificate"]["version"] == 1);
  CHECK(venue["certificate"]["measures"].size() == 2);
  const std::string code = venue["venue_code"];
  CHECK(venue["links"]["check_in_page"] == "https://oshirase.example/c/" + code);
  CHECK(BodyOf(site.Get("/api/v1/venues/" + id)) == venue);
}

TEST_CASE("a registration sent again with its key is answered alike and registers once") {
  ApiSite site;
  const ApiSite::Headers key = {{"Idempotency-Key", "\"one\""}};
  const HttpResponse first = site.Send("POST", kVenues, RestaurantJson().dump(), key);
  const HttpResponse again = site.Send("POST", kVenues, RestaurantJson().dump(), key);
  CHECK(again.status == 201);
  CHECK(again.body == first.body);
  CHECK(again.headers == first.headers);
  CHECK(site.business.venues().size() == 1);
  // Without quotation marks it is the same key.
  CHECK(site.Send("POST", kVenues, RestaurantJson().dump(), {{"Idempotency-Key", "one"}}).body ==
        first.body);

  const HttpResponse other = site.Send("POST", kVenues, RestaurantJson("別の店").dump(), key);
  CHECK(other.status == 422);
  CHECK(ProblemIn(other) == "idempotency-key-reused");
  CHECK(site.business.venues().size() == 1);
}

TEST_CASE("a key used with other content is found out after its memory is gone too") {
  ApiSite site;
  const ApiSite::Headers key = {{"Idempotency-Key", "one"}};
  REQUIRE(site.Send("POST", kVenues, RestaurantJson().dump(), key).status == 201);
  site.now += absl::Hours(25);
  site.Add("忘れさせる店");
  const HttpResponse other = site.Send("POST", kVenues, RestaurantJson("別の店").dump(), key);
  CHECK(ProblemIn(other) == "idempotency-key-reused");
  CHECK(site.Send("POST", kVenues, RestaurantJson().dump(), key).status == 201);
}

TEST_CASE("a registration needs an idempotency key that can be one") {
  ApiSite site;
  const std::string body = RestaurantJson().dump();
  CHECK(ProblemIn(site.Send("POST", kVenues, body, {{"Idempotency-Key", ""}})) ==
        "idempotency-key-missing");
  for (const std::string& key :
       {std::string("a b"), std::string("あ"), std::string("\"\""), std::string(256, 'x')}) {
    const HttpResponse response = site.Send("POST", kVenues, body, {{"Idempotency-Key", key}});
    CHECK(PlacesIn(response) == Places{"Idempotency-Key NOT_A_KEY"});
  }
  CHECK(site.business.venues().empty());
}

TEST_CASE("what fails may be corrected under the same idempotency key") {
  ApiSite site;
  const ApiSite::Headers key = {{"Idempotency-Key", "one"}};
  site.business.FailNext(absl::UnavailableError("restarting"));
  const HttpResponse failed = site.Send("POST", kVenues, RestaurantJson("店").dump(), key);
  CHECK(failed.status == 503);
  CHECK(HeaderOf(failed, "Retry-After") == "10");
  CHECK(site.Send("POST", kVenues, RestaurantJson("本店").dump(), key).status == 201);
}

TEST_CASE("no key, no call; and a key of nobody is told so") {
  ApiSite site;
  for (const char* path : {"/api/v1/business", "/api/v1/venues", "/api/v1/imports"}) {
    const bool import = std::string(path) == "/api/v1/imports";
    const std::string method = import ? "POST" : "GET";
    const std::string body = import ? Json{RestaurantJson()}.dump() : "";
    const HttpResponse none = site.Send(method, path, body, {{"Authorization", ""}});
    CHECK(ProblemIn(none) == "api-key-missing");
    CHECK(HeaderOf(none, "WWW-Authenticate") == "Bearer realm=\"oshirase\"");
    const HttpResponse basic = site.Send(method, path, body, {{"Authorization", "Basic eDp5"}});
    CHECK(ProblemIn(basic) == "api-key-missing");
    const HttpResponse wrong = site.Send(method, path, body, {{"Authorization", "Bearer osk_x"}});
    CHECK(wrong.status == 401);
    if (!import) {
      CHECK(ProblemIn(wrong) == "api-key-unknown");
      CHECK(HeaderOf(wrong, "WWW-Authenticate").find("invalid_token") != std::string::npos);
    }
  }
}

TEST_CASE("what is wrong with the shape is told all at once, at its place") {
  ApiSite site;
  Json sent = RestaurantJson(" 店");
  sent["kana"] = "店";
  sent["kind"] = 7;
  sent["address"] = std::string(20'000, 'x');
  sent["measure_ids"] = {"common-air-30min", 1};
  sent["own_measures"] = Json::array({"よい", "よい　"});
  sent["event_start_time"] = "tomorrow";
  sent["event_end_time"] = "2026-12-01T10:00:00.5+09:00";
  sent["listed"] = "yes";
  sent["drill"] = true;
  sent["a/b"] = nullptr;
  const HttpResponse response = site.Send("POST", kVenues, sent.dump());
  CHECK(response.status == 422);
  CHECK(ProblemIn(response) == "request-invalid");
  CHECK(PlacesIn(response) ==
        Places{"#/name NOT_TRIMMED", "#/kind WRONG_TYPE", "#/address TOO_LONG",
               "#/measure_ids/1 WRONG_TYPE", "#/own_measures/1 NOT_TRIMMED",
               "#/event_start_time NOT_A_TIME", "#/event_end_time NOT_WHOLE_SECONDS",
               "#/listed WRONG_TYPE", "#/kana NOT_KANA", "#/a~1b UNKNOWN_MEMBER",
               "#/drill UNKNOWN_MEMBER"});
  for (const char* nothing : {"\u200B", "\uFE0F", "\u3164", "\u200D\u2060", " ", "\u3000"}) {
    CHECK(PlacesIn(site.Send("POST", kVenues, RestaurantJson(nothing).dump())) ==
          Places{"#/name INVISIBLE"});
  }
  CHECK(PlacesIn(site.Send("POST", kVenues, "[]")) == Places{"# WRONG_TYPE"});
  sent = RestaurantJson();
  sent["measure_ids"] = std::vector<std::string>(31, "x");
  CHECK(PlacesIn(site.Send("POST", kVenues, sent.dump())) == Places{"#/measure_ids TOO_MANY"});
  sent = RestaurantJson();
  std::string long_text;
  for (int i = 0; i < 100; ++i) long_text += "👨‍👩‍👧‍👦";
  sent["own_measures"] = std::vector<std::string>(20, long_text);
  CHECK(PlacesIn(site.Send("POST", kVenues, sent.dump())) == Places{"#/own_measures TOO_LONG"});
  CHECK(site.business.venues().empty());
}

TEST_CASE("what the registry refuses is told at its place, in the language asked for") {
  ApiSite site;
  site.Add("みなと食堂");
  const HttpResponse twin = site.Send("POST", kVenues, RestaurantJson().dump());
  CHECK(twin.status == 409);
  CHECK(ProblemIn(twin) == "already-registered");
  CHECK(PlacesIn(twin) == Places{"#/name ALREADY_REGISTERED"});
  CHECK(HeaderOf(twin, "Content-Language") == "ja");
  const HttpResponse english =
      site.Send("POST", kVenues, RestaurantJson().dump(), {{"Accept-Language", "en"}});
  CHECK(BodyOf(english)["errors"][0]["detail"] == "is a venue that the business has already");
  CHECK(HeaderOf(english, "Content-Language") == "en");
}

TEST_CASE("bodies that are no JSON of ours are refused before anything is done") {
  ApiSite site;
  CHECK(ProblemIn(site.Send("POST", kVenues, "{")) == "malformed-json");
  CHECK(PlacesIn(site.Send("POST", kVenues, R"({"name":"a","name":"b"})")) ==
        Places{"#/name REPEATED_MEMBER"});
  const HttpResponse form =
      site.Send("POST", kVenues, "name=x", {{"Content-Type", "application/x-www-form-urlencoded"}});
  CHECK(form.status == 415);
  CHECK(ProblemIn(form) == "unsupported-media-type");
  CHECK(HeaderOf(form, "Accept") == "application/json");
  const HttpResponse html =
      site.Send("POST", kVenues, RestaurantJson().dump(), {{"Accept", "text/html"}});
  CHECK(html.status == 406);
  CHECK(ProblemIn(html) == "not-acceptable");
  CHECK(site.business.venues().empty());
}

TEST_CASE("venues are listed a page at a time, newest first") {
  ApiSite site;
  for (int i = 0; i < 21; ++i) site.Add("店" + std::to_string(i));
  const HttpResponse first = site.Get(kVenues);
  const Json page = BodyOf(first);
  CHECK(page["venues"].size() == 20);
  CHECK(page["venues"][0]["name"] == "店20");
  const std::string token = page["next_page_token"];
  CHECK(HeaderOf(first, "Link") == "</api/v1/venues?page_token=" + token + ">; rel=\"next\"");
  const Json last = BodyOf(site.Get(std::string(kVenues) + "?page_token=" + token));
  CHECK(last["venues"].size() == 1);
  CHECK(last["next_page_token"].is_null());
  const HttpResponse wrong = site.Get(std::string(kVenues) + "?page_token=x");
  CHECK(wrong.status == 400);
  CHECK(PlacesIn(wrong) == Places{"page_token PAGE_TOKEN_INVALID"});
}

TEST_CASE("a venue of nobody is not found, whatever its id looks like") {
  ApiSite site;
  for (const char* id : {"0b7e3c1e-6f0e-4d1b-9d2a-6f4f6a1f2c33", "x", "..%2f", "0B7E"}) {
    const std::string path = std::string("/api/v1/venues/") + id;
    CHECK(ProblemIn(site.Get(path)) == "venue-not-found");
    CHECK(ProblemIn(site.Send("PATCH", path, "{}", {{"If-Match", "\"1\""}})) == "venue-not-found");
    CHECK(ProblemIn(site.Send("PUT", path + "/state", R"({"state":"open"})")) == "venue-not-found");
  }
}

TEST_CASE("a change names the revision it starts from") {
  ApiSite site;
  const std::string path = "/api/v1/venues/" + site.Add("みなと食堂");
  const std::string patch = R"({"name_consent":true})";
  CHECK(ProblemIn(site.Send("PATCH", path, patch)) == "precondition-required");
  for (const char* tag : {"*", "1", "W/\"1\"", "\"x\"", "\"1\", \"2\"", "\"01\"", "\"\""}) {
    const HttpResponse response = site.Send("PATCH", path, patch, {{"If-Match", tag}});
    CHECK(response.status == 400);
    CHECK(PlacesIn(response) == Places{"If-Match NOT_AN_ETAG"});
  }
  const HttpResponse changed = site.Send("PATCH", path, patch, {{"If-Match", "\"1\""}});
  CHECK(changed.status == 200);
  CHECK(HeaderOf(changed, "ETag") == "\"2\"");
  CHECK(BodyOf(changed)["name_consent"] == true);
  CHECK(BodyOf(changed)["name"] == "みなと食堂");
  // Consent is not on the sheet.
  CHECK(BodyOf(changed)["certificate"]["version"] == 1);
  // Sent again it is the same change; another from the same revision comes too late.
  CHECK(site.Send("PATCH", path, patch, {{"If-Match", "\"1\""}}).body == changed.body);
  const HttpResponse late = site.Send("PATCH", path, R"({"listed":true})", {{"If-Match", "\"1\""}});
  CHECK(late.status == 412);
  CHECK(ProblemIn(late) == "venue-changed");
}

TEST_CASE("a patch leaves out what stays, and null empties") {
  ApiSite site;
  const std::string path = "/api/v1/venues/" + site.Add("みなと食堂");
  const HttpResponse response = site.Send(
      "PATCH", path, R"({"own_measures":null,"measure_ids":["common-air-30min","restaurant-x"]})",
      {{"If-Match", "\"1\""}, {"Content-Type", "application/merge-patch+json"}});
  CHECK(response.status == 200);
  const Json venue = BodyOf(response);
  CHECK(venue["own_measures"].empty());
  CHECK(venue["certificate"]["version"] == 2);
  CHECK(venue["certificate"]["measures"][1]["is_new"] == true);
  CHECK(PlacesIn(site.Send("PATCH", path, R"({"nmae":"x"})", {{"If-Match", "\"2\""}})) ==
        Places{"#/nmae UNKNOWN_MEMBER"});
  CHECK(PlacesIn(site.Send("PATCH", path, "[]", {{"If-Match", "\"2\""}})) ==
        Places{"# WRONG_TYPE"});
}

TEST_CASE("a venue can be sent back as it was read, and is then what was sent") {
  ApiSite site;
  const std::string path = "/api/v1/venues/" + site.Add("みなと食堂");
  Json venue = BodyOf(site.Get(path));
  venue["name"] = "みなと食堂 本店";
  venue.erase("own_measures");
  const HttpResponse response = site.Send("PUT", path, venue.dump(), {{"If-Match", "\"1\""}});
  CHECK(response.status == 200);
  CHECK(BodyOf(response)["name"] == "みなと食堂 本店");
  CHECK(BodyOf(response)["own_measures"].empty());
  CHECK(BodyOf(response)["venue_code"] == venue["venue_code"]);
}

TEST_CASE("a room names its parent") {
  ApiSite site;
  const std::string parent = site.Add("みなとホール");
  Json room = RestaurantJson("みなとホール 楽屋");
  room["parent_venue_id"] = parent;
  CHECK(BodyOf(site.Send("POST", kVenues, room.dump()))["parent_venue_id"] == parent);
}

TEST_CASE("without an API key a registration is started, once for the same content") {
  ApiSite site;
  Json sent = RestaurantJson();
  sent["email"] = "new@example.jp";
  const ApiSite::Headers keyless = {{"Authorization", ""}, {"Idempotency-Key", ""}};
  const std::string path = "/api/v1/registrations";
  const HttpResponse started = site.Send("POST", path, sent.dump(), keyless);
  CHECK(started.status == 202);
  CHECK(BodyOf(started)["receipt_number"] == "1234-5678");
  CHECK(BodyOf(started)["link_expire_time"].get<std::string>().size() == 25);
  site.Send("POST", path, sent.dump(), keyless);
  CHECK(site.business.mailed().size() == 1);
  // Somebody else's use of the same key has nothing to do with it.
  sent["email"] = "other@example.jp";
  site.Send("POST", path, sent.dump(), {{"Authorization", ""}, {"Idempotency-Key", "one"}});
  sent["email"] = "third@example.jp";
  site.Send("POST", path, sent.dump(), {{"Authorization", ""}, {"Idempotency-Key", "one"}});
  CHECK(site.business.mailed().size() == 3);
  CHECK(site.business.venues().empty());

  sent["parent_venue_id"] = "x";
  CHECK(PlacesIn(site.Send("POST", path, sent.dump(), keyless)) ==
        Places{"#/parent_venue_id UNKNOWN_MEMBER"});
  site.business.FailNext(
      ReasonedError(absl::StatusCode::kResourceExhausted, "TOO_MANY_MAILS", "enough"));
  sent.erase("parent_venue_id");
  const HttpResponse many = site.Send("POST", path, sent.dump(), keyless);
  CHECK(many.status == 429);
  CHECK(ProblemIn(many) == "too-many-mails");
  CHECK(HeaderOf(many, "Retry-After") == "3600");
}

TEST_CASE("a business learns whom its key stands for") {
  ApiSite site;
  site.Add("みなと食堂");
  const Json business = BodyOf(site.Get("/api/v1/business"));
  CHECK(business["email"] == "minato@example.jp");
  CHECK(business["venue_count"] == 1);
}

TEST_CASE("our own faults are told without their text") {
  ApiSite site;
  for (const absl::Status& status :
       {absl::InternalError("secret"), absl::PermissionDeniedError("secret"),
        absl::InvalidArgumentError("secret"), absl::UnknownError("secret")}) {
    site.business.FailNext(status);
    const HttpResponse response = site.Get(kVenues);
    CHECK(response.status == 500);
    CHECK(ProblemIn(response) == "internal");
    CHECK(response.body.find("secret") == std::string::npos);
  }
}

}  // namespace
}  // namespace oshirase::gateway

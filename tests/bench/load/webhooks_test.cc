#include "tests/bench/load/webhooks.h"

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "common/ids/line_user_id.h"

namespace oshirase::bench {
namespace {

constexpr int64_t kTimeMs = 1591005600123;

WebhookOptions Options() {
  return {.host = "127.0.0.1:8080",
          .channel_secret = "channel-secret-for-tests",
          .bot_user_id = "U8e742f61d673b39c7fff3cecb7536ef0",
          .venue_codes = {"AAAA", "BBBB", "CCCC"},
          .seed = 7,
          .time = absl::FromUnixMillis(kTimeMs)};
}

std::string Body(std::string_view request) {
  return std::string(request.substr(request.find("\r\n\r\n") + 4));
}

std::string Header(std::string_view request, const std::string& name) {
  const size_t begin = request.find("\r\n" + name + ": ") + name.size() + 4;
  return std::string(request.substr(begin, request.find("\r\n", begin) - begin));
}

nlohmann::json Event(std::string_view request) {
  return nlohmann::json::parse(Body(request))["events"][0];
}

// How many webhooks go to each venue.
std::map<std::string, int> Visits(const WebhookOptions& options, size_t count) {
  const Webhooks webhooks(options, count);
  std::map<std::string, int> visits;
  for (size_t i = 0; i < count; ++i) ++visits[Event(webhooks[i])["message"]["text"]];
  return visits;
}

TEST_CASE("a signature is the one that openssl dgst makes") {
  // printf '%s' abc | openssl dgst -sha256 -hmac SECRET -binary | base64
  CHECK(LineSignature("channel-secret-for-tests", "abc") ==
        "AMcQtviCAyiC52OqlrkudqonxUejx1dukrgPtLokjKY=");
}

TEST_CASE("every request says how long its body is and bears the body's signature") {
  const Webhooks webhooks(Options(), 20);
  REQUIRE(webhooks.size() == 20);
  for (size_t i = 0; i < webhooks.size(); ++i) {
    const std::string body = Body(webhooks[i]);
    CHECK(webhooks[i].starts_with("POST /line/webhook HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n"));
    CHECK(Header(webhooks[i], "Content-Length") == std::to_string(body.size()));
    CHECK(Header(webhooks[i], "X-Line-Signature") ==
          LineSignature("channel-secret-for-tests", body));
  }
}

TEST_CASE(
    "a body is a text message with a venue code, as LINE writes it, with nothing to reply to") {
  const Webhooks webhooks(Options(), 1);
  const auto body = nlohmann::json::parse(Body(webhooks[0]));
  CHECK(body["destination"] == "U8e742f61d673b39c7fff3cecb7536ef0");
  REQUIRE(body["events"].size() == 1);
  const auto& event = body["events"][0];
  CHECK(event["type"] == "message");
  CHECK(event["mode"] == "active");
  CHECK(event["timestamp"] == kTimeMs);
  CHECK(event["message"]["type"] == "text");
  CHECK(event["message"]["text"].get<std::string>().starts_with("来店 "));
  CHECK(event["source"]["type"] == "user");
  CHECK(ids::ParseLineUserId(event["source"]["userId"].get<std::string>()).ok());
  CHECK(event["deliveryContext"]["isRedelivery"] == false);
  CHECK_FALSE(event.contains("replyToken"));
}

TEST_CASE("event ids are ULIDs of the event's time and never repeat, under any seed") {
  auto options = Options();
  const Webhooks first(options, 1000);
  options.seed = 8;
  const Webhooks second(options, 1000);
  std::set<std::string> ids;
  for (size_t i = 0; i < 1000; ++i) {
    ids.insert(Event(first[i])["webhookEventId"]);
    ids.insert(Event(second[i])["webhookEventId"]);
  }
  CHECK(ids.size() == 2000);
  CHECK(ids.begin()->size() == 26);
  // 1591005600123 in Crockford's base 32.
  CHECK(ids.begin()->substr(0, 10) == "01E9QN5PBV");
}

TEST_CASE("the people of a run with another seed are the same people") {
  auto options = Options();
  options.people = 5;
  std::set<std::string> people;
  for (options.seed = 0; options.seed < 3; ++options.seed) {
    const Webhooks webhooks(options, 100);
    for (size_t i = 0; i < 100; ++i) people.insert(Event(webhooks[i])["source"]["userId"]);
  }
  CHECK(people.size() == 5);
}

TEST_CASE("venues are as unequal as the skew says") {
  auto options = Options();
  options.skew = 0;
  for (const auto& [text, count] : Visits(options, 900)) CHECK(count == Approx(300).margin(90));
  options.skew = 1;
  auto visits = Visits(options, 1100);
  CHECK(visits["来店 AAAA"] == Approx(600).margin(90));
  CHECK(visits["来店 CCCC"] == Approx(200).margin(90));
}

TEST_CASE("the hot venue gets its share on top") {
  auto options = Options();
  options.skew = 0;
  options.hot_share = 0.7;
  CHECK(Visits(options, 1000)["来店 AAAA"] == Approx(800).margin(90));
  options.hot_share = 1;
  CHECK(Visits(options, 100)["来店 AAAA"] == 100);
}

TEST_CASE("a sweep visits each venue once") {
  auto options = Options();
  options.sweep = true;
  for (const auto& [text, count] : Visits(options, 3)) CHECK(count == 1);
}

}  // namespace
}  // namespace oshirase::bench

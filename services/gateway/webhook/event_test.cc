#include "services/gateway/webhook/event.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"

namespace oshirase::gateway {
namespace {

using Kind = Event::Kind;

constexpr char kUser[] = "U0123456789abcdef0123456789abcdef";

std::string WithEvents(const std::string& events) {
  return absl::StrCat(R"({"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[)", events,
                      "]}");
}

// A text message; `replace` takes out `what` and puts `with` in its place.
std::string TextEvent(const std::string& what = "", const std::string& with = "") {
  std::string event = absl::StrCat(
      R"({"type":"message","mode":"active","timestamp":1591005600123,"webhookEventId":"01FZ74A0TDDPYRVKNK77XKC3ZR",)"
      R"("deliveryContext":{"isRedelivery":false},"replyToken":"abc",)"
      R"("source":{"type":"user","userId":")",
      kUser, R"("},"message":{"id":"325708","type":"text","quoteToken":"q","text":"hello"}})");
  if (!what.empty()) {
    const size_t at = event.find(what);
    REQUIRE(at != std::string::npos);
    event.replace(at, what.size(), with);
  }
  return event;
}

Event ParseOne(const std::string& event) {
  const auto webhook = ParseWebhook(WithEvents(event));
  REQUIRE(webhook.ok());
  REQUIRE(webhook->events.size() == 1);
  return webhook->events[0];
}

TEST_CASE("a text message is read with its sender, time, id and reply token") {
  const Event event = ParseOne(TextEvent());

  CHECK(event.kind == Kind::kText);
  CHECK(event.text == "hello");
  CHECK(event.event_id == "01FZ74A0TDDPYRVKNK77XKC3ZR");
  CHECK(event.time == absl::FromUnixMillis(1591005600123));
  CHECK(ids::FormatLineUserId(event.user_id) == kUser);
  CHECK(event.reply_token == "abc");
}

TEST_CASE("follow and unfollow are read, with or without the properties LINE may leave out") {
  const std::string rest = absl::StrCat(
      R"("timestamp":1,"webhookEventId":"e","source":{"type":"user","userId":")", kUser, R"("}})");
  CHECK(
      ParseOne(R"({"type":"follow","follow":{"isUnblocked":true},"replyToken":"t",)" + rest).kind ==
      Kind::kFollow);
  CHECK(ParseOne(R"({"type":"follow",)" + rest).kind == Kind::kFollow);
  CHECK(ParseOne(R"({"type":"unfollow",)" + rest).kind == Kind::kUnfollow);
  CHECK(ParseOne(R"({"type":"unfollow",)" + rest).reply_token.empty());
}

TEST_CASE("in standby there is no reply token, even if the body has one") {
  CHECK(ParseOne(TextEvent(R"("mode":"active")", R"("mode":"standby")")).reply_token.empty());
}

TEST_CASE("an absent or unknown mode is taken as active") {
  CHECK(ParseOne(TextEvent(R"("mode":"active",)", "")).reply_token == "abc");
  CHECK(ParseOne(TextEvent(R"("mode":"active")", R"("mode":"new")")).reply_token == "abc");
}

TEST_CASE("a redelivered event is read like any other") {
  CHECK(ParseOne(TextEvent("\"isRedelivery\":false", "\"isRedelivery\":true")).kind == Kind::kText);
}

TEST_CASE("escaped and raw emoji, escaped NUL and lone properties are read as text") {
  CHECK(ParseOne(TextEvent("hello", "\\uD83D\\uDE04")).text == "😄");
  CHECK(ParseOne(TextEvent("hello", "😄")).text == "😄");
  CHECK(ParseOne(TextEvent("hello", "a\\u0000b")).text == std::string("a\0b", 3));
  CHECK(ParseOne(TextEvent(R"("id":"325708",)", R"("new":{"a":[1]},)")).text == "hello");
  CHECK(ParseOne(TextEvent(R"("quoteToken":"q",)", "")).text == "hello");
}

TEST_CASE("what is unknown or incomplete is ignored, each for its reason") {
  const struct {
    std::string event;
    std::string reason;
  } cases[] = {
      {"{}", "other_event"},
      {"null", "other_event"},
      {"[]", "other_event"},
      {"7", "other_event"},
      {R"({"type":7})", "other_event"},
      {R"({"type":"somethingNew"})", "other_event"},
      {R"({"type":"messageEdited"})", "other_event"},
      {R"({"type":"postback","postback":{"data":"x"}})", "other_event"},
      {R"({"type":"unsend"})", "other_event"},
      {R"({"type":"message"})", "other_message"},
      {R"({"type":"message","message":"text"})", "other_message"},
      {TextEvent(R"("type":"text")", R"("type":"hologram")"), "other_message"},
      {TextEvent(absl::StrCat(R"("source":{"type":"user","userId":")", kUser, "\"},"), ""),
       "no_source"},
      {TextEvent(R"("type":"user")", R"("type":"group","groupId":"C1")"), "not_one_to_one"},
      {TextEvent(R"("type":"user")", R"("type":"planet")"), "not_one_to_one"},
      {TextEvent(absl::StrCat(R"(,"userId":")", kUser, "\""), ""), "no_user"},
      {TextEvent(kUser, "Udeadbeef"), "no_user"},
      {TextEvent(R"("timestamp":1591005600123,)", ""), "no_timestamp"},
      {TextEvent("1591005600123", "\"1591005600123\""), "no_timestamp"},
      {TextEvent("1591005600123", "1.5"), "no_timestamp"},
      {TextEvent("1591005600123", "18446744073709551615"), "no_timestamp"},
      {TextEvent(R"("webhookEventId":"01FZ74A0TDDPYRVKNK77XKC3ZR",)", ""), "no_event_id"},
      {TextEvent("01FZ74A0TDDPYRVKNK77XKC3ZR", std::string(65, 'A')), "no_event_id"},
  };
  for (const auto& [event, reason] : cases) {
    INFO(event);
    const Event parsed = ParseOne(event);
    CHECK(parsed.kind == Kind::kIgnored);
    CHECK(parsed.reason == reason);
  }
}

TEST_CASE("a number of any length spoils nothing but itself") {
  const std::string number(40, '7');
  CHECK(ParseOne(TextEvent("1591005600123", number)).reason == std::string("no_timestamp"));
  CHECK(ParseOne(TextEvent("1591005600123", "-9223372036854775809")).reason ==
        std::string("no_timestamp"));
  const Event event =
      ParseOne(TextEvent(R"("id":"325708",)", absl::StrCat(R"("new":[-)", number, ", 1.5],")));
  CHECK(event.kind == Kind::kText);
  CHECK(ParseOne(TextEvent("hello", absl::StrCat("\\\"", number))).text == "\"" + number);
}

TEST_CASE("of members that bear one name the last counts") {
  CHECK(ParseOne(TextEvent(R"("text":"hello")", R"("text":"a","text":"b")")).text == "b");
  CHECK(ParseWebhook(absl::StrCat(R"({"events":[)", TextEvent(), R"(],"events":[]})"))
            ->events.empty());
}

TEST_CASE("text that is absent or no string is empty text") {
  CHECK(ParseOne(TextEvent(R"("text":"hello")", R"("a":1)")).text.empty());
  CHECK(ParseOne(TextEvent(R"("text":"hello")", R"("text":{})")).text.empty());
}

TEST_CASE("all events of a body are read, the bad ones among them ignored") {
  const auto webhook = ParseWebhook(
      WithEvents(absl::StrCat(TextEvent(), ",{},", TextEvent("hello", "second"), ",null")));
  REQUIRE(webhook.ok());
  REQUIRE(webhook->events.size() == 4);
  CHECK(webhook->events[2].text == "second");
  CHECK(webhook->events[3].kind == Kind::kIgnored);
}

TEST_CASE("an empty or missing list of events is no error") {
  CHECK(ParseWebhook(WithEvents(""))->events.empty());
  CHECK(ParseWebhook("{}")->events.empty());
  CHECK(ParseWebhook("{}")->destination.empty());
}

TEST_CASE("what is not a JSON object with a list of events is refused") {
  const std::string nul_in_json = std::string(R"({"events":[)") + '\0' + "]}";
  for (const std::string& body :
       {std::string(), std::string("null"), std::string("[]"), std::string("text"),
        std::string("{\"events\":[}"), std::string(R"({"events":{}})"),
        std::string(R"({"events":1})"), std::string("{\"events\":[]}x"), std::string("\xff\xfe"),
        std::string("{\"a\":\"\xff\"}"), std::string(R"({"a":"\ud83d"})"),
        std::string(R"({"a":"\ude04"})"), std::string(R"({"a":1e999})"), std::string("\0", 1),
        nul_in_json, std::string(1'000'000, '{')}) {
    CHECK(ParseWebhook(body).status().code() == absl::StatusCode::kInvalidArgument);
  }
}

TEST_CASE("JSON nested ten thousand deep is refused without being parsed") {
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  CHECK_FALSE(ParseWebhook(WithEvents(deep)).ok());
  CHECK_FALSE(ParseWebhook(deep).ok());
}

TEST_CASE("brackets inside strings are not depth") {
  CHECK(ParseWebhook(WithEvents(TextEvent("hello", std::string(10'000, '[') + "\\\"{{"))).ok());
}

}  // namespace
}  // namespace oshirase::gateway

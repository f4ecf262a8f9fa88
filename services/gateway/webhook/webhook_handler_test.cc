#include "services/gateway/webhook/webhook_handler.h"

#include "services/gateway/testing/webhook_fixture.h"

namespace oshirase::gateway {
namespace {

TEST_CASE("a bad or missing signature is 401 and has no effect") {
  WebhookFixture fixture;
  const std::string body = fixture.Body({TextEvent(fixture.Scan())});
  CHECK(fixture.Post(body, "") == 401);
  CHECK(fixture.Post(body, "x-line-signature: \r\n") == 401);
  CHECK(fixture.Post(body, absl::StrCat("x-line-signature: ", Sign(body + " "), "\r\n")) == 401);
  CHECK(fixture.Post(body, "x-line-signature: not-base64!\r\n") == 401);
  CHECK(fixture.Post("not json", "x-line-signature: x\r\n") == 401);

  CHECK(fixture.registry.lookups() == 0);
  CHECK(fixture.checkin.visits().empty());
  CHECK(fixture.replies.replies().empty());
}

TEST_CASE("the signature header is found in any case, whoever sends it") {
  WebhookFixture fixture;
  const std::string body = fixture.Body({});
  for (const char* name : {"x-line-signature", "X-Line-Signature", "X-LINE-SIGNATURE"}) {
    CHECK(fixture.Post(body, absl::StrCat(name, ": ", Sign(body), "\r\nUser-Agent: anybody\r\n")) ==
          200);
  }
}

TEST_CASE("signed bodies that are no webhook are 400, an empty list of events is 200") {
  WebhookFixture fixture;
  CHECK(fixture.PostEvents({}) == 200);
  for (const std::string& body :
       {std::string(), std::string("null"), std::string("text"), std::string("[]"),
        std::string("{\"events\":7}"), std::string(10'000, '['), std::string("\0\0", 2)}) {
    CHECK(fixture.PostSigned(body) == 400);
  }
}

TEST_CASE("a body of 1 MiB is read, a larger one is 413") {
  WebhookFixture fixture;
  std::string body = fixture.Body({});
  body += std::string(kMaxWebhookBytes - body.size(), ' ');
  CHECK(fixture.PostSigned(body) == 200);
  CHECK(fixture.PostSigned(body + " ") == 413);
}

TEST_CASE("all events of a body are handled, of whatever users and kinds") {
  WebhookFixture fixture;
  const std::string other = "Uffffffffffffffffffffffffffffffff";
  CHECK(fixture.PostEvents({TextEvent(fixture.Scan()),
                            TextEvent(fixture.Scan(), {.id = "second", .user = other}),
                            FollowEvent("follow", {.id = "third"}), R"({"type":"somethingNew"})",
                            "{}", "null", TextEvent("hello", {.id = "fourth"})}) == 200);

  CHECK(fixture.checkin.visits().size() == 2);
  CHECK(fixture.notifier.changes().size() == 1);
  CHECK(fixture.replies.replies().size() == 4);
}

TEST_CASE("one failing event makes 503 and does not stop the others; a redelivery finds them") {
  WebhookFixture fixture;
  Venue venue;
  venue.name = "other";
  venue.venue_id = ids::NewUuid();
  const auto bad = fixture.registry.Add(venue);
  fixture.checkin.AnswerVenue(venue.venue_id, RecordOutcome::kFailed);
  const std::vector<std::string> events = {TextEvent(bad.value, {.id = "a"}),
                                           TextEvent(fixture.Scan(), {.id = "b"})};

  CHECK(fixture.PostEvents(events) == 503);
  CHECK(fixture.checkin.visits().size() == 1);

  fixture.checkin.AnswerVenue(venue.venue_id, RecordOutcome::kRecorded);
  CHECK(fixture.PostEvents(events) == 200);
  CHECK(fixture.checkin.visits().size() == 1);
}

TEST_CASE(
    "follow and unfollow are told to the notifier with their times; only follow is welcomed") {
  WebhookFixture fixture;
  const absl::Time earlier = kNow - absl::Hours(30);
  CHECK(fixture.PostEvents({FollowEvent("follow", {.id = "a"}),
                            FollowEvent("unfollow", {.id = "b", .time = earlier})}) == 200);

  const auto changes = fixture.notifier.changes();
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].following);
  CHECK(changes[0].time == kNow);
  CHECK_FALSE(changes[1].following);
  CHECK(changes[1].time == earlier);
  REQUIRE(fixture.replies.replies().size() == 1);
  CHECK(fixture.replies.replies()[0].text.find("友だち追加") != std::string::npos);
}

TEST_CASE("a follow that the notifier did not keep is 503, and kept at the next delivery") {
  WebhookFixture fixture;
  fixture.notifier.FailNext(absl::UnavailableError("restarting"));
  CHECK(fixture.PostEvents({FollowEvent("unfollow")}) == 503);
  CHECK(fixture.PostEvents({FollowEvent("unfollow")}) == 200);
  CHECK(fixture.notifier.changes().size() == 1);
}

TEST_CASE("a follow dated in the far future, which would win for ever, is ignored") {
  WebhookFixture fixture;
  CHECK(fixture.PostEvents({FollowEvent("follow", {.time = kNow + absl::Hours(1)})}) == 200);
  CHECK(fixture.notifier.changes().empty());
}

TEST_CASE("a body for another bot is ignored") {
  WebhookFixture fixture;
  const std::string body =
      absl::StrCat(R"({"destination":"U00000000000000000000000000000000","events":[)",
                   TextEvent(fixture.Scan()), "]}");
  CHECK(fixture.PostSigned(body) == 200);
  CHECK(fixture.checkin.visits().empty());
}

TEST_CASE("a text of NULs, of a megabyte, or with markup does no harm") {
  WebhookFixture fixture;
  CHECK(fixture.PostEvents({TextEvent("\\u0000\\u0000"), TextEvent(std::string(1'000'000, 'A')),
                            TextEvent("<script>' OR 1=1 --")}) == 200);
  CHECK(fixture.PostEvents({TextEvent(std::string(300'000, '-'))}) == 200);
  CHECK(fixture.checkin.visits().empty());
}

TEST_CASE(
    "the log names no person, code or token, and has one line a webhook with its request id") {
  WebhookFixture fixture;
  fixture.PostEvents({TextEvent(fixture.Scan(), {.token = "reply-token-value"}),
                      FollowEvent("follow", {.id = "event-id-value"})});
  fixture.notifier.FailNext(absl::UnavailableError("down"));
  fixture.PostEvents({FollowEvent("follow", {.id = "event-id-value"})});

  const std::string text = fixture.log.text();
  for (const std::string& secret :
       {std::string(kUser + 1), fixture.code.value, ids::FormatVenueCode(fixture.code),
        std::string("reply-token-value"), std::string("event-id-value"),
        std::string("みなと食堂")}) {
    CHECK(text.find(secret) == std::string::npos);
  }
  const std::string id = fixture.checkin.record_request_ids().at(0);
  CHECK(IsUuid(id));
  CHECK(text.find(id) != std::string::npos);
  CHECK(fixture.replies.replies().at(0).request_id == id);
}

}  // namespace
}  // namespace oshirase::gateway

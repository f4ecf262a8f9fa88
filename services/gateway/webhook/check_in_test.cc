#include "services/gateway/webhook/check_in.h"

#include <set>
#include <thread>

#include "common/crypto/inner_seal.h"
#include "services/gateway/testing/webhook_fixture.h"

namespace oshirase::gateway {
namespace {

TEST_CASE("a scan is sealed under its day's key, recorded, and answered with venue and time") {
  WebhookFixture fixture;
  CHECK(fixture.PostEvents({TextEvent(fixture.Scan())}) == 200);

  const auto visits = fixture.checkin.visits();
  REQUIRE(visits.size() == 1);
  const auto& [id, visit] = *visits.begin();
  const DayKeyMaterial keys = FakeNotifierClient::KeysOf(DayOf(kNow));
  CHECK(id == crypto::DayTags(keys.tag_key).VisitId("01FZ74A0TDDPYRVKNK77XKC3ZR"));
  CHECK(visit.day == DayOf(kNow));
  CHECK(visit.hour == 19);
  const auto opened = crypto::OpenInner(
      keys.inner_key, {visit.day, *ids::ParseUuid(visit.venue_id)}, visit.inner_seal);
  REQUIRE(opened.ok());
  CHECK(ids::FormatLineUserId(opened->user_id) == kUser);
  CHECK(opened->scan_time == kNow);
  CHECK_FALSE(opened->end_time);
  REQUIRE(fixture.replies.replies().size() == 1);
  const Reply reply = fixture.replies.replies()[0];
  CHECK(reply.token == "token");
  CHECK(reply.text.find("「みなと食堂」への来店を記録しました") == 0);
  CHECK(reply.text.find("2020年6月1日 19:00") != std::string::npos);
  CHECK(reply.text.find("21日間") != std::string::npos);
}

TEST_CASE("one lone webhook costs two calls") {
  WebhookFixture fixture;
  fixture.PostEvents({TextEvent(fixture.Scan())});
  CHECK(fixture.checkin.admit_sizes() == std::vector<size_t>{1});
  CHECK(fixture.checkin.record_sizes() == std::vector<size_t>{1});
}

TEST_CASE("a duplicate is recorded once, also when both come at once") {
  WebhookFixture fixture;
  std::thread other([&] { CHECK(fixture.PostEvents({TextEvent(fixture.Scan())}) == 200); });
  CHECK(fixture.PostEvents({TextEvent(fixture.Scan()), TextEvent(fixture.Scan())}) == 200);
  other.join();

  CHECK(fixture.checkin.visits().size() == 1);
  // An answer for each delivery; it is the sender that tries their one token once.
  CHECK(fixture.replies.replies().size() == 3);
}

TEST_CASE("without an answer from checkin the webhook is 503 within 1.5 s, never 200") {
  WebhookFixture fixture;
  fixture.checkin.Hold();
  const absl::Time start = absl::Now();
  CHECK(fixture.PostEvents({TextEvent(fixture.Scan())}) == 503);
  CHECK(absl::Now() - start >= absl::Milliseconds(1300));
  CHECK(absl::Now() - start < absl::Milliseconds(1500));
  fixture.checkin.Release();

  CHECK(fixture.PostEvents({TextEvent(fixture.Scan())}) == 200);
  CHECK(fixture.checkin.visits().size() == 1);
}

TEST_CASE("each refusal has an answer of its own, and nothing is recorded") {
  WebhookFixture fixture;
  const auto add = [&](auto change) {
    Venue venue;
    venue.name = "館";
    change(venue);
    return fixture.registry.Add(venue);
  };
  const auto closed = add([](Venue& venue) { venue.state = Venue::State::kClosed; });
  const auto suspended = add([](Venue& venue) { venue.state = Venue::State::kSuspended; });
  const auto over = add([](Venue& venue) { venue.event_end = kNow; });
  const auto later = add([](Venue& venue) { venue.event_start = kNow + absl::Seconds(1); });
  std::string mistyped = fixture.code.value;
  mistyped[0] = mistyped[0] == '0' ? '1' : '0';
  const struct {
    std::string event;
    std::string words;
  } cases[] = {
      {TextEvent(closed.value), "受付を終えている"},
      {TextEvent(suspended.value), "神奈川県が止めている"},
      {TextEvent(over.value), "開催期間ではない"},
      {TextEvent(later.value), "開催期間ではない"},
      {TextEvent(ids::NewVenueCode().value), "使われていません"},
      {TextEvent(mistyped), "打ちまちがい"},
      {TextEvent("abcd-efgh-jkmn-pqrs-t"), "打ちまちがい"},
      {TextEvent("こんにちは"), "QRコードを"},
      {TextEvent(fixture.Scan(), {.time = kNow - absl::Hours(24) - absl::Milliseconds(1)}),
       "離れすぎている"},
      {TextEvent(fixture.Scan(), {.time = kNow + absl::Minutes(5) + absl::Milliseconds(1)}),
       "離れすぎている"},
  };
  size_t count = 0;
  for (const auto& [event, words] : cases) {
    INFO(words);
    CHECK(fixture.PostEvents({event}) == 200);
    REQUIRE(fixture.replies.replies().size() == ++count);
    CHECK(fixture.replies.replies().back().text.find(words) != std::string::npos);
  }
  CHECK(fixture.checkin.visits().empty());
}

TEST_CASE("the event's own time decides day and hour, up to 24 hours back and 5 minutes ahead") {
  WebhookFixture fixture;
  const absl::Time midnight = StartOf(DayOf(kNow));
  fixture.now = midnight + absl::Minutes(1);
  REQUIRE(fixture.keys.Refresh().ok());
  CHECK(fixture.PostEvents(
            {TextEvent(fixture.Scan(), {.id = "a", .time = midnight - absl::Seconds(1)}),
             TextEvent(fixture.Scan(), {.id = "b", .time = midnight}),
             TextEvent(fixture.Scan(), {.id = "c", .time = fixture.now - absl::Hours(24)}),
             TextEvent(fixture.Scan(), {.id = "d", .time = fixture.now + absl::Minutes(5)})}) ==
        200);
  std::multiset<std::pair<int, int>> stored;
  for (const auto& [id, visit] : fixture.checkin.visits()) {
    stored.insert({visit.day - DayOf(midnight), visit.hour});
  }
  CHECK(stored == std::multiset<std::pair<int, int>>{{-1, 0}, {-1, 23}, {0, 0}, {0, 0}});
}

TEST_CASE("in standby visits are recorded and nothing is answered") {
  WebhookFixture fixture;
  CHECK(fixture.PostEvents({TextEvent(fixture.Scan(), {.mode = "standby"})}) == 200);
  CHECK(fixture.checkin.visits().size() == 1);
  CHECK(fixture.replies.replies().empty());
}

TEST_CASE("the twenty-first visit of a day is kindly refused and the webhook is 200") {
  WebhookFixture fixture;
  for (int i = 0; i < 21; ++i) {
    CHECK(fixture.PostEvents({TextEvent(fixture.Scan(), {.id = absl::StrCat("e", i)})}) == 200);
  }
  CHECK(fixture.checkin.visits().size() == 20);
  CHECK(fixture.replies.replies().back().text.find("20回まで") != std::string::npos);
}

TEST_CASE("without the day's keys or an answer from the registry the event is 503") {
  WebhookFixture fixture;
  fixture.registry.FailNext(absl::UnavailableError("down"));
  CHECK(fixture.PostEvents({TextEvent(fixture.Scan())}) == 503);
  fixture.now = kNow + absl::Hours(72);
  CHECK(fixture.PostEvents({TextEvent(fixture.Scan(), {.time = fixture.now})}) == 503);
  CHECK(fixture.checkin.visits().empty());
}

}  // namespace
}  // namespace oshirase::gateway

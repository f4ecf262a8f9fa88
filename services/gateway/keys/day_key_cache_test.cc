#include "services/gateway/keys/day_key_cache.h"

#include <catch2/catch.hpp>

#include "services/gateway/testing/fake_notifier_client.h"

namespace oshirase::gateway {
namespace {

const Day kToday = Day{18'000};

struct Fixture {
  FakeNotifierClient notifier;
  absl::Time now = StartOf(kToday) + absl::Hours(12);
  DayKeyCache cache{notifier, [this] { return now; }};
};

TEST_CASE("yesterday's and today's keys are fetched, and tomorrow's from 23:00 on") {
  Fixture fixture;
  CHECK_FALSE(fixture.cache.Ready());

  REQUIRE(fixture.cache.Refresh().ok());

  CHECK(fixture.cache.Ready());
  CHECK(fixture.cache.Get(kToday - 1) != nullptr);
  CHECK(fixture.cache.Get(kToday) != nullptr);
  CHECK(fixture.cache.Get(kToday + 1) == nullptr);
  fixture.now = StartOf(kToday) + absl::Hours(23);
  REQUIRE(fixture.cache.Refresh().ok());
  CHECK(fixture.cache.Get(kToday + 1) != nullptr);
}

TEST_CASE("nothing is fetched that is there") {
  Fixture fixture;
  REQUIRE(fixture.cache.Refresh().ok());
  REQUIRE(fixture.cache.Refresh().ok());

  CHECK(fixture.notifier.asked().size() == 1);
}

TEST_CASE("midnight passes while the notifier is away") {
  Fixture fixture;
  fixture.now = StartOf(kToday) + absl::Hours(23);
  REQUIRE(fixture.cache.Refresh().ok());
  fixture.notifier.FailAll(absl::UnavailableError("restarting"));

  fixture.now = StartOf(kToday + 1) + absl::Seconds(1);
  CHECK(fixture.cache.Refresh().ok());

  CHECK(fixture.cache.Ready());
  CHECK(fixture.cache.Get(kToday) != nullptr);
}

TEST_CASE("a day's keys are forgotten when the day after it is over") {
  Fixture fixture;
  REQUIRE(fixture.cache.Refresh().ok());
  std::weak_ptr<const DayKeys> yesterday = fixture.cache.Get(kToday - 1);

  fixture.now = StartOf(kToday + 1);
  REQUIRE(fixture.cache.Refresh().ok());

  CHECK(fixture.cache.Get(kToday - 1) == nullptr);
  CHECK(yesterday.expired());
}

TEST_CASE("a failed fetch is tried again at once") {
  Fixture fixture;
  fixture.notifier.FailNext(absl::UnavailableError("starting"));
  CHECK_FALSE(fixture.cache.Refresh().ok());

  CHECK(fixture.cache.Refresh().ok());

  CHECK(fixture.cache.Ready());
}

TEST_CASE("a day that the notifier leaves out is asked for again, but not at once") {
  Fixture fixture;
  fixture.notifier.Lose(kToday);
  REQUIRE(fixture.cache.Refresh().ok());
  CHECK_FALSE(fixture.cache.Ready());
  REQUIRE(fixture.cache.Refresh().ok());
  CHECK(fixture.notifier.asked().size() == 1);

  fixture.notifier.Find(kToday);
  fixture.now += absl::Seconds(10);
  REQUIRE(fixture.cache.Refresh().ok());

  CHECK(fixture.cache.Ready());
  CHECK(fixture.notifier.asked().back() == std::vector<Day>{kToday});
}

TEST_CASE("the keys are the notifier's") {
  Fixture fixture;
  REQUIRE(fixture.cache.Refresh().ok());
  const DayKeyMaterial expected = FakeNotifierClient::KeysOf(kToday);

  CHECK(*fixture.cache.Get(kToday)->inner_key == expected.inner_key);
  CHECK(fixture.cache.Get(kToday)->tags.VisitId("e") ==
        crypto::DayTags(expected.tag_key).VisitId("e"));
}

TEST_CASE("the thread fetches by itself and ends with the cache") {
  FakeNotifierClient notifier;
  DayKeyCache cache(notifier, [] { return StartOf(kToday); });
  cache.Start();
  const absl::Time give_up = absl::Now() + absl::Seconds(10);
  while (!cache.Ready() && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(20));

  CHECK(cache.Ready());
}

}  // namespace
}  // namespace oshirase::gateway

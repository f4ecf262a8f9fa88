#include "services/gateway/venues/venue_change_feed.h"

#include <catch2/catch.hpp>

#include "services/gateway/testing/fake_registry_client.h"

namespace oshirase::gateway {
namespace {

struct Fixture {
  FakeRegistryClient registry;
  Metrics metrics;
  absl::Time now = absl::UnixEpoch() + absl::Hours(1);
  VenueCache cache{registry, metrics, {}, [this] { return now; }};
  VenueChangeFeed feed{registry, cache, metrics, [this] { return now; }};

  Fixture() { feed.PollOnce(); }

  ids::VenueCode Add(const std::string& name, bool current = true) {
    Venue venue;
    venue.name = name;
    venue.code_is_current = current;
    return registry.Add(venue);
  }
  void Rename(const ids::VenueCode& code, const std::string& name) {
    Venue venue;
    venue.name = name;
    registry.Replace(code, venue);
  }
  // As in the cache's own test; the registry answers at once unless it holds.
  std::string Find(const ids::VenueCode& code) {
    auto result = std::make_shared<std::string>("waiting");
    cache.Find(code, {}, [result](absl::StatusOr<VenueCache::VenuePtr> venue) {
      *result = !venue.ok() ? "error" : *venue == nullptr ? "none" : (*venue)->name;
    });
    return *result;
  }
  // Time passes, with a poll every five seconds.
  void Pass(absl::Duration duration) {
    for (const absl::Time end = now + duration; now < end;) {
      now += absl::Seconds(5);
      feed.PollOnce();
    }
  }
};

TEST_CASE("a venue that nobody changes is asked for once, however long it is used") {
  Fixture fixture;
  const auto code = fixture.Add("cafe");
  CHECK(fixture.Find(code) == "cafe");

  fixture.Pass(absl::Hours(10));

  CHECK(fixture.Find(code) == "cafe");
  CHECK(fixture.registry.lookups() == 1);
}

TEST_CASE("a change is noticed with the next answer, and others stay known") {
  Fixture fixture;
  const auto code = fixture.Add("cafe");
  const auto other = fixture.Add("bar");
  CHECK(fixture.Find(code) == "cafe");
  CHECK(fixture.Find(other) == "bar");
  fixture.Rename(code, "new cafe");

  fixture.Pass(absl::Seconds(5));

  CHECK(fixture.Find(code) == "new cafe");
  CHECK(fixture.Find(other) == "bar");
  CHECK(fixture.registry.lookups() == 3);
}

TEST_CASE("an answer that was under way while its venue changed is not kept") {
  Fixture fixture;
  const auto code = fixture.Add("cafe");
  fixture.registry.Hold();
  CHECK(fixture.Find(code) == "waiting");
  fixture.Rename(code, "new cafe");
  fixture.Pass(absl::Seconds(5));
  fixture.registry.Release();

  CHECK(fixture.Find(code) == "new cafe");
}

TEST_CASE("what was known before the registry lost track is asked for again within a minute") {
  Fixture fixture;
  const auto code = fixture.Add("cafe");
  CHECK(fixture.Find(code) == "cafe");
  fixture.registry.ForgetChanges();
  fixture.Pass(absl::Seconds(5));

  fixture.Pass(absl::Seconds(50));

  CHECK(fixture.Find(code) == "cafe");
  CHECK(fixture.registry.lookups() == 2);
  fixture.Pass(absl::Hours(1));
  CHECK(fixture.Find(code) == "cafe");
  CHECK(fixture.registry.lookups() == 2);
}

TEST_CASE("without answers each venue is asked for again within a minute") {
  Fixture fixture;
  const auto code = fixture.Add("cafe");
  CHECK(fixture.Find(code) == "cafe");
  fixture.registry.FailAll(absl::UnavailableError("restarting"));
  fixture.Pass(absl::Seconds(50));
  fixture.registry.FailAll(absl::OkStatus());

  CHECK(fixture.Find(code) == "cafe");
  CHECK(fixture.registry.lookups() == 2);
  CHECK(fixture.metrics.Text().find("oshirase_venue_feed_failures_total 10") != std::string::npos);
}

TEST_CASE("a code that will stop is asked for again: its end is no change") {
  Fixture fixture;
  const auto code = fixture.Add("cafe", /*current=*/false);
  CHECK(fixture.Find(code) == "cafe");

  fixture.Pass(absl::Seconds(55));

  CHECK(fixture.Find(code) == "cafe");
  CHECK(fixture.registry.lookups() == 2);
}

TEST_CASE("a venue registered just now is found within seconds") {
  Fixture fixture;
  const auto code = ids::NewVenueCode();
  CHECK(fixture.Find(code) == "none");
  Venue venue;
  venue.name = "cafe";
  fixture.registry.AddAs(code, venue);

  fixture.Pass(absl::Seconds(5));

  CHECK(fixture.Find(code) == "cafe");
}

}  // namespace
}  // namespace oshirase::gateway

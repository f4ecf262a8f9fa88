#include "services/gateway/venues/venue_cache.h"

#include <catch2/catch.hpp>

#include "services/gateway/testing/fake_registry_client.h"

namespace oshirase::gateway {
namespace {

struct Fixture {
  FakeRegistryClient registry;
  Metrics metrics;
  absl::Time now = absl::UnixEpoch() + absl::Hours(1);
  VenueCacheOptions options;
  VenueCache cache{registry, metrics, options, [this] { return now; }};

  explicit Fixture(VenueCacheOptions cache_options = {}) : options(cache_options) {}

  // The venue's name; "none" for no venue, "error" for no answer, "waiting" for none yet.
  std::string Find(const ids::VenueCode& code) {
    auto result = std::make_shared<std::string>("waiting");
    cache.Find(code, {}, [result](absl::StatusOr<VenueCache::VenuePtr> venue) {
      *result = !venue.ok() ? "error" : *venue == nullptr ? "none" : (*venue)->name;
    });
    return *result;
  }
};

Venue Named(const std::string& name) {
  Venue venue;
  venue.name = name;
  return venue;
}

TEST_CASE("a venue is asked for once and then remembered") {
  Fixture fixture;
  const auto code = fixture.registry.Add(Named("cafe"));

  CHECK(fixture.Find(code) == "cafe");
  CHECK(fixture.Find(code) == "cafe");
  CHECK(fixture.registry.lookups() == 1);
}

TEST_CASE("a replaced code is noticed within a minute") {
  Fixture fixture;
  const auto code = fixture.registry.Add(Named("cafe"));
  CHECK(fixture.Find(code) == "cafe");
  fixture.registry.Replace(code, std::nullopt);

  fixture.now += absl::Seconds(59);

  CHECK(fixture.Find(code) == "none");
}

TEST_CASE("a busy venue is asked for again before its answer is too old, and nobody waits") {
  Fixture fixture;
  const auto code = fixture.registry.Add(Named("old name"));
  CHECK(fixture.Find(code) == "old name");
  fixture.registry.Replace(code, Named("new name"));
  fixture.registry.Hold();

  fixture.now += absl::Seconds(30);
  CHECK(fixture.Find(code) == "old name");
  CHECK(fixture.Find(code) == "old name");
  CHECK(fixture.registry.lookups() == 2);

  fixture.registry.Release();
  CHECK(fixture.Find(code) == "new name");
}

TEST_CASE("an unknown code is asked for again after a few seconds") {
  Fixture fixture;
  const auto code = ids::NewVenueCode();
  CHECK(fixture.Find(code) == "none");
  CHECK(fixture.Find(code) == "none");
  CHECK(fixture.registry.lookups() == 1);

  fixture.registry.Replace(code, Named("new cafe"));
  fixture.now += absl::Seconds(5);

  CHECK(fixture.Find(code) == "new cafe");
}

TEST_CASE("known venues go on while the registry is down, for half an hour") {
  Fixture fixture;
  const auto code = fixture.registry.Add(Named("cafe"));
  CHECK(fixture.Find(code) == "cafe");
  fixture.registry.FailAll(absl::UnavailableError("down"));

  fixture.now += absl::Minutes(29);
  CHECK(fixture.Find(code) == "cafe");
  fixture.now += absl::Minutes(1);
  CHECK(fixture.Find(code) == "error");
  CHECK(fixture.Find(ids::NewVenueCode()) == "error");
}

TEST_CASE("a registry that is down is not asked at every scan") {
  Fixture fixture;
  const auto code = fixture.registry.Add(Named("cafe"));
  fixture.Find(code);
  fixture.registry.FailAll(absl::DeadlineExceededError("slow"));
  fixture.now += absl::Minutes(5);

  for (int i = 0; i < 10; ++i) CHECK(fixture.Find(code) == "cafe");

  CHECK(fixture.registry.lookups() == 2);
}

TEST_CASE("those who ask for one code at one time share one call") {
  Fixture fixture;
  const auto code = fixture.registry.Add(Named("cafe"));
  fixture.registry.Hold();
  std::vector<std::string> names;
  for (int i = 0; i < 5; ++i) {
    fixture.cache.Find(code, {}, [&names](absl::StatusOr<VenueCache::VenuePtr> venue) {
      names.push_back((*venue)->name);
    });
  }
  CHECK(names.empty());

  fixture.registry.Release();

  CHECK(names == std::vector<std::string>(5, "cafe"));
  CHECK(fixture.registry.lookups() == 1);
}

TEST_CASE("no more answers are kept than allowed, and those used least go first") {
  Fixture fixture({.capacity = 2});
  const auto a = fixture.registry.Add(Named("a"));
  const auto b = fixture.registry.Add(Named("b"));
  const auto c = fixture.registry.Add(Named("c"));
  fixture.Find(a);
  fixture.Find(b);
  fixture.Find(a);
  fixture.Find(c);
  CHECK(fixture.registry.lookups() == 3);

  CHECK(fixture.Find(a) == "a");
  CHECK(fixture.registry.lookups() == 3);
  CHECK(fixture.Find(b) == "b");
  CHECK(fixture.registry.lookups() == 4);
}

}  // namespace
}  // namespace oshirase::gateway

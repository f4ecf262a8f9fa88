#include "services/checkin/domain/venue_keys.h"

#include <catch2/catch.hpp>

#include "services/checkin/testing/fake_venue_key_source.h"
#include "services/checkin/testing/visits.h"
#include "tests/support/status_matchers.h"

namespace oshirase::checkin {
namespace {

TEST_CASE("a venue's keys of a day are fetched once for all its hours") {
  FakeVenueKeySource source;
  VenueKeys keys(source);
  const auto noon = TestVisit(1, 1, 12);
  const auto evening = TestVisit(2, 1, 20);

  REQUIRE_OK(keys.Fetch({&noon, &evening}));
  REQUIRE_OK(keys.Fetch({&evening}));

  CHECK(source.calls() == 1);
  CHECK(keys.Find(noon) == source.KeyPair(noon).public_key);
  CHECK(keys.Find(evening) == source.KeyPair(evening).public_key);
}

TEST_CASE("a key that was never fetched is not found") {
  FakeVenueKeySource source;
  VenueKeys keys(source);
  CHECK_FALSE(keys.Find(TestVisit(1)).has_value());
}

TEST_CASE("a day that fails leaves the other days' keys alone") {
  FakeVenueKeySource source;
  VenueKeys keys(source);
  auto yesterday = TestVisit(1);
  yesterday.day = TestDay() - 1;
  const auto today = TestVisit(2);
  source.FailNext(absl::FailedPreconditionError("lost"));

  CHECK_CODE(keys.Fetch({&yesterday, &today}), absl::StatusCode::kFailedPrecondition);

  CHECK_FALSE(keys.Find(yesterday).has_value());
  CHECK(keys.Find(today).has_value());
}

TEST_CASE("the longest unused venue goes first when memory is full") {
  FakeVenueKeySource source;
  VenueKeys keys(source, /*capacity=*/2);
  const auto first = TestVisit(1, 1);
  const auto second = TestVisit(2, 2);
  const auto third = TestVisit(3, 3);
  REQUIRE_OK(keys.Fetch({&first, &second}));
  CHECK(keys.Find(first).has_value());

  REQUIRE_OK(keys.Fetch({&third}));

  CHECK(keys.Find(first).has_value());
  CHECK_FALSE(keys.Find(second).has_value());
  CHECK(keys.Find(third).has_value());
}

}  // namespace
}  // namespace oshirase::checkin

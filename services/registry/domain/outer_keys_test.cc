#include "services/registry/domain/outer_keys.h"

#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "common/keyring/testing/fake_key_book.h"
#include "common/keyring/testing/fake_key_store.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

struct Scene {
  absl::Time now = ParseJapanTime("2020-12-10T15:00").value();
  keyring::FakeKeyStore store;
  keyring::FakeKeyBook book;
  Clock clock = [this] { return now; };
  keyring::Keyring ring{store, book, clock};
  keyring::DayKeys seeds{ring, keyring::kVenueSeed};
  OuterKeys keys{seeds, 21, clock};
  VenueId venue{ids::NewUuid()};

  Day today() const { return DayOf(now); }
  std::string ReasonFor(Day day) { return ReasonOf(keys.PublicKeys(day, {venue}).status()); }
};

TEST_CASE("public keys are given for yesterday, today and tomorrow, and no other day") {
  Scene scene;
  REQUIRE(scene.seeds.EnsureDays(scene.today() - 3, scene.today() + 3).ok());

  CHECK(scene.ReasonFor(scene.today() - 2) == "DAY_NOT_OPEN");
  CHECK(scene.ReasonFor(scene.today() - 1).empty());
  CHECK(scene.ReasonFor(scene.today()).empty());
  CHECK(scene.ReasonFor(scene.today() + 1).empty());
  CHECK(scene.ReasonFor(scene.today() + 2) == "DAY_NOT_OPEN");
}

TEST_CASE("keys never change, and differ by day and venue") {
  Scene scene;
  const auto first = scene.keys.PublicKeys(scene.today(), {scene.venue});
  const auto again = scene.keys.PublicKeys(scene.today(), {scene.venue, {ids::NewUuid()}});
  const auto tomorrow = scene.keys.PublicKeys(scene.today() + 1, {scene.venue});

  REQUIRE(first.ok());
  CHECK((*first)[0].size() == crypto::kVenueDayKeysSize);
  CHECK((*first)[0] == (*again)[0]);
  CHECK((*again)[0] != (*again)[1]);
  CHECK((*first)[0] != (*tomorrow)[0]);
}

TEST_CASE("a seed that is due and not made yet is made") {
  Scene scene;
  CHECK(scene.ReasonFor(scene.today() + 1).empty());
  CHECK(scene.store.Has(keyring::DayKeyName(keyring::kVenueSeed, scene.today() + 1)));
}

TEST_CASE("a lost seed is never made anew") {
  Scene scene;
  REQUIRE(scene.seeds.EnsureDays(scene.today(), scene.today()).ok());
  scene.store.Lose(keyring::DayKeyName(keyring::kVenueSeed, scene.today()));
  keyring::Keyring restarted(scene.store, scene.book, scene.clock);
  keyring::DayKeys seeds(restarted, keyring::kVenueSeed);
  OuterKeys keys(seeds, 21, scene.clock);

  CHECK(ReasonOf(keys.PublicKeys(scene.today(), {scene.venue}).status()) == "DAY_KEY_LOST");
}

TEST_CASE("once loaded, seeds need neither database nor disk") {
  Scene scene;
  REQUIRE(scene.seeds.EnsureDays(scene.today() - 1, scene.today() + 1).ok());
  scene.book.FailNext(absl::UnavailableError("down"));
  scene.store.FailNext(absl::UnavailableError("down"));

  CHECK(scene.ReasonFor(scene.today()).empty());
}

TEST_CASE("a book that cannot be asked is the caller's UNAVAILABLE") {
  Scene scene;
  scene.book.FailNext(absl::UnavailableError("down"));
  CHECK(absl::IsUnavailable(scene.keys.PublicKeys(scene.today(), {scene.venue}).status()));
}

}  // namespace
}  // namespace oshirase::registry

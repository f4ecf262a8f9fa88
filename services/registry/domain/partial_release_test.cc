#include <catch2/catch.hpp>
#include <variant>

#include "services/registry/domain/errors.h"
#include "services/registry/testing/fake_scene.h"

namespace oshirase::registry {
namespace {

std::string ReasonOfRelease(ReleaseScene& scene, const ReleaseRequest& request) {
  return ReasonOf(scene.Release(request).status());
}

// A window from 13:00 to 14:00 so many days ago; with the linger its hours are 01 to 14.
void MoveTo(ReleaseScene& scene, int days_ago, v1::Exposure* exposure) {
  const absl::Time midnight = StartOf(DayOf(scene.now) - days_ago);
  SetTime(exposure->mutable_from_time(), midnight + absl::Hours(13));
  SetTime(exposure->mutable_to_time(), midnight + absl::Hours(14));
}

constexpr int64_t kHoursOfWindow = 14;

// A case of a venue for each of these windows.
v1::Statement CaseOf(ReleaseScene& scene, const std::vector<int>& days_ago) {
  std::vector<VenueId> venues;
  for (size_t i = 0; i < days_ago.size(); ++i) venues.push_back(scene.AddVenue());
  auto statement = scene.Case(venues);
  for (size_t i = 0; i < days_ago.size(); ++i)
    MoveTo(scene, days_ago[i], statement.mutable_exposures(static_cast<int>(i)));
  return statement;
}

void LoseSeed(FakeScene& scene, int days_ago) {
  scene.keys.Lose(keyring::DayKeyName(keyring::kVenueSeed, DayOf(scene.now) - days_ago));
  scene.Restart();
}

size_t HoursAt(const ReleasedKeys& keys, const std::string& venue_id) {
  for (const auto& venue : keys.venues) {
    if (venue.id.value == venue_id) return venue.hours.size();
  }
  FAIL("the venue is not in the answer");
  return 0;
}

struct Counts {
  int64_t released = 0;
  int64_t lost = 0;
  int64_t destroyed = 0;
  int64_t never_open = 0;

  friend bool operator==(const Counts&, const Counts&) = default;
};

// What the audit log was told last; -1 for what it was not told.
Counts Noted(const FakeScene& scene) {
  const auto fact = [note = scene.last_note()](const std::string& key) -> int64_t {
    for (const auto& known : note.facts) {
      if (known.key == key) return std::get<int64_t>(known.value);
    }
    return -1;
  };
  return {.released = fact("venue_hours"),
          .lost = fact("hours_lost"),
          .destroyed = fact("hours_destroyed"),
          .never_open = fact("hours_never_open")};
}

TEST_CASE("one lost day among five venues keeps nobody at the others from being told") {
  FakeScene scene;
  const auto statement = CaseOf(scene, {0, 0, 1, 1, 2});
  LoseSeed(scene, 2);

  const auto released = scene.Release(scene.Signed(statement));

  REQUIRE(released.ok());
  CHECK(released->venues.size() == 5);
  for (int i = 0; i < 4; ++i)
    CHECK(HoursAt(*released, statement.exposures(i).venue_id()) == kHoursOfWindow);
  CHECK(HoursAt(*released, statement.exposures(4).venue_id()) == 0);
  CHECK(Noted(scene) == Counts{.released = 4 * kHoursOfWindow, .lost = kHoursOfWindow});
}

TEST_CASE("the audit entry of a whole release says that nothing was left out") {
  FakeScene scene;
  REQUIRE(scene.Release(scene.Signed(CaseOf(scene, {0}))).ok());
  CHECK(Noted(scene) == Counts{.released = kHoursOfWindow});
}

TEST_CASE("hours left out are counted by why") {
  FakeScene scene;
  // Seeds begin three days ago; of today's and yesterday's venues one is left.
  const auto statement = CaseOf(scene, {0, 1, 3, 5, 22});
  REQUIRE(scene.seeds().DestroyThrough(DayOf(scene.now) - 3).status.ok());
  LoseSeed(scene, 1);

  REQUIRE(scene.Release(scene.Signed(statement)).ok());

  CHECK(Noted(scene) == Counts{.released = kHoursOfWindow,
                               .lost = kHoursOfWindow,
                               .destroyed = 2 * kHoursOfWindow,
                               .never_open = kHoursOfWindow});
}

TEST_CASE("of a window across midnight the day that is left is released") {
  FakeScene scene;
  auto statement = CaseOf(scene, {0});
  const absl::Time midnight = StartOf(DayOf(scene.now));
  SetTime(statement.mutable_exposures(0)->mutable_from_time(), midnight - absl::Hours(1));
  SetTime(statement.mutable_exposures(0)->mutable_to_time(), midnight + absl::Hours(2));
  LoseSeed(scene, 1);

  const auto released = scene.Release(scene.Signed(statement));

  REQUIRE(released.ok());
  const auto& hours = released->venues[0].hours;
  REQUIRE(hours.size() == 3);  // 00:00 to 02:30, of 11:00 the day before to 02:30
  CHECK(hours.front().hour == HourOfDay{.day = DayOf(scene.now), .hour = 0});
  CHECK(Noted(scene) == Counts{.released = 3, .lost = 13});
}

TEST_CASE("a lost seed that is put back counts when the same bytes are released again") {
  FakeScene scene;
  const auto name = keyring::DayKeyName(keyring::kVenueSeed, DayOf(scene.now) - 1);
  const auto request = scene.Signed(CaseOf(scene, {0, 1}));
  auto seed = scene.keys.Get(name, std::nullopt);
  REQUIRE(seed.ok());
  LoseSeed(scene, 1);
  REQUIRE(scene.Release(request).ok());
  CHECK(Noted(scene).lost == kHoursOfWindow);

  scene.keys.PutBack(name, *std::move(seed));
  REQUIRE(scene.Release(request).ok());

  CHECK(Noted(scene) == Counts{.released = 2 * kHoursOfWindow});
}

TEST_CASE("when nothing is left, a lost day is told first, then a destroyed one") {
  FakeScene scene;
  std::vector<int> days_ago;
  std::string reason;
  SECTION("lost") {
    days_ago = {5, 22, 1};
    reason = "DAY_KEY_LOST";
  }
  SECTION("destroyed") {
    days_ago = {5, 22};
    reason = "DAY_KEY_DESTROYED";
  }
  SECTION("never open") {
    days_ago = {5};
    reason = "DAY_NEVER_OPEN";
  }
  LoseSeed(scene, 1);

  CHECK(ReasonOfRelease(scene, scene.Signed(CaseOf(scene, days_ago))) == reason);

  CHECK(scene.last_note().action == "release.refused");
  CHECK(TextFact(scene.last_note(), "reason") == reason);
}

TEST_CASE("a seed that cannot be asked for now is not left out: nothing is released") {
  FakeScene scene;
  const auto request = scene.Signed(CaseOf(scene, {0, 1}));
  scene.Restart();
  scene.book.FailNext(absl::UnavailableError("down"));

  CHECK(absl::IsUnavailable(scene.Release(request).status()));

  CHECK(scene.last_note().action == "test.set-up");
  CHECK(scene.Release(request)->venues[1].hours.size() == kHoursOfWindow);
}

}  // namespace
}  // namespace oshirase::registry

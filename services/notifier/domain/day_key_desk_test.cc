#include "services/notifier/domain/day_key_desk.h"

#include <catch2/catch.hpp>

#include "common/keyring/testing/fake_key_book.h"
#include "common/keyring/testing/fake_key_store.h"
#include "common/log/testing/captured_log.h"
#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

struct World {
  CapturedLog log;
  absl::Time now = TestNoon();
  keyring::FakeKeyStore store;
  keyring::FakeKeyBook book;
  keyring::Keyring ring{store, book, [this] { return now; }};
  keyring::DayKeys inner{ring, keyring::kInnerKey};
  keyring::DayKeys tags{ring, keyring::kTagKey};
  DayKeyDesk desk{inner, tags, [this] { return now; }, 21};

  World() { CHECK(desk.Maintain().ready); }

  // The days that the gateway gets of the four around today.
  std::vector<int> Open() {
    const Day today = DayOf(now);
    const auto open = desk.Open({today - 2, today - 1, today, today + 1});
    REQUIRE_OK(open);
    std::vector<int> days;
    for (const OpenDay& day : *open) days.push_back(day.day - today);
    return days;
  }
};

TEST_CASE("yesterday and today are open, tomorrow from eleven at night") {
  World world;
  const absl::Time midnight = StartOf(DayOf(world.now)) + absl::Hours(24);

  CHECK(world.Open() == std::vector<int>{-1, 0});
  world.now = midnight - absl::Hours(1) - absl::Seconds(1);
  CHECK(world.Open() == std::vector<int>{-1, 0});
  world.now = midnight - absl::Hours(1);
  CHECK(world.Open() == std::vector<int>{-1, 0, 1});
  world.now = midnight;
  world.desk.Maintain();
  CHECK(world.Open() == std::vector<int>{-1, 0});
}

TEST_CASE("a day has the same keys whenever it is asked for, and others than its neighbours") {
  World world;
  const Day today = DayOf(world.now);
  const auto first = world.desk.Open({today, today - 1});
  const auto second = world.desk.Open({today});

  CHECK(*first->at(0).inner_key == *second->at(0).inner_key);
  CHECK(*first->at(0).tag_key == *second->at(0).tag_key);
  CHECK_FALSE(*first->at(0).inner_key == *first->at(1).inner_key);
  CHECK_FALSE(*first->at(0).inner_key == *first->at(0).tag_key);
}

TEST_CASE("a lost day is left out, an unreachable keyring is told") {
  World world;
  world.store.Lose(keyring::DayKeyName(keyring::kInnerKey, DayOf(world.now)));
  keyring::Keyring fresh{world.store, world.book, [&] { return world.now; }};
  keyring::DayKeys inner{fresh, keyring::kInnerKey};
  keyring::DayKeys tags{fresh, keyring::kTagKey};
  DayKeyDesk desk{inner, tags, [&] { return world.now; }, 21};
  const Day today = DayOf(world.now);

  const auto open = desk.Open({today - 1, today});
  REQUIRE_OK(open);
  REQUIRE(open->size() == 1);
  CHECK(open->front().day == today - 1);
  CHECK(desk.Maintain().lost.size() == 1);
}

TEST_CASE("a tag key ends when the day after its day is over, an inner key after the retention") {
  World world;
  const Day day = DayOf(world.now);
  const auto has = [&](const char* purpose) {
    return world.store.Has(keyring::DayKeyName(purpose, day));
  };
  const auto at_end_of = [&](int days_later) {
    world.now = StartOf(day + days_later + 1);
    world.desk.Maintain();
  };

  world.now = StartOf(day + 2) - absl::Seconds(1);
  world.desk.Maintain();
  CHECK(has(keyring::kTagKey));
  at_end_of(1);
  CHECK_FALSE(has(keyring::kTagKey));
  at_end_of(20);
  CHECK(has(keyring::kInnerKey));
  at_end_of(21);
  CHECK_FALSE(has(keyring::kInnerKey));
}

}  // namespace
}  // namespace oshirase::notifier

#include "common/keyring/day_keys.h"

#include <catch2/catch.hpp>

#include "common/keyring/errors.h"
#include "common/keyring/key_maintenance.h"
#include "common/keyring/testing/fake_key_book.h"
#include "common/keyring/testing/fake_key_store.h"

namespace oshirase::keyring {
namespace {

using crypto::SecretKey;

constexpr int kRetention = 21;
const Day kToday = ParseDay("2020-12-01").value();

// A service's keyring through days and restarts.
struct World {
  FakeKeyStore store;
  FakeKeyBook book;
  absl::Time now = StartOf(kToday) + absl::Hours(12);
  std::unique_ptr<Keyring> keyring;
  std::unique_ptr<DayKeys> inner;
  std::unique_ptr<DayKeys> tag;

  World() { Restart(); }
  void Restart() {
    keyring = std::make_unique<Keyring>(store, book, [this] { return now; });
    inner = std::make_unique<DayKeys>(*keyring, kInnerKey);
    tag = std::make_unique<DayKeys>(*keyring, kTagKey);
  }
  KeyMaintenanceReport Maintain() {
    const std::vector<DayKeyLife> lives = {{inner.get(), kRetention}, {tag.get(), 1}};
    return MaintainDayKeys([this] { return now; }, lives);
  }
  bool HasInner(Day day) const { return store.Has(DayKeyName(kInnerKey, day)); }
  bool HasTag(Day day) const { return store.Has(DayKeyName(kTagKey, day)); }
};

TEST_CASE("the first start makes the keys from yesterday to tomorrow") {
  World world;
  const auto report = world.Maintain();
  CHECK(report.ready);
  CHECK(report.failures.empty());
  for (const Day day : {kToday - 1, kToday, kToday + 1}) {
    CHECK(world.inner->Get(day).ok());
    CHECK(world.tag->Get(day).ok());
  }
  CHECK(ReasonOf(world.inner->Get(kToday - 2).status()) == kKeyNotMade);
  CHECK(ReasonOf(world.inner->Get(kToday + 2).status()) == kKeyNotMade);
}

TEST_CASE("maintenance changes nothing that is in order") {
  World world;
  world.Maintain();
  const auto before = world.inner->Get(kToday).value();
  world.Restart();
  const auto report = world.Maintain();
  CHECK(report.ready);
  CHECK(report.destroyed.empty());
  CHECK(report.lost.empty());
  CHECK(*world.inner->Get(kToday).value() == *before);
}

TEST_CASE("each key dies when its last day is over in Japan, and not before") {
  World world;
  world.Maintain();

  world.now = StartOf(kToday + 2) - absl::Seconds(1);
  world.Maintain();
  CHECK(world.HasTag(kToday));
  world.now = StartOf(kToday + 2);
  world.Maintain();
  CHECK_FALSE(world.HasTag(kToday));
  CHECK(ReasonOf(world.tag->Get(kToday).status()) == kKeyDestroyed);

  world.now = StartOf(kToday + kRetention + 1) - absl::Seconds(1);
  world.Maintain();
  CHECK(world.inner->Get(kToday).ok());
  world.now = StartOf(kToday + kRetention + 1);
  const auto report = world.Maintain();
  CHECK_FALSE(world.HasInner(kToday));
  CHECK(ReasonOf(world.inner->Get(kToday).status()) == kKeyDestroyed);
  const bool told =
      std::any_of(report.destroyed.begin(), report.destroyed.end(),
                  [](const auto& d) { return d.purpose == kInnerKey && d.day == kToday; });
  CHECK(told);
}

TEST_CASE("after a long downtime everything that is over ends at once") {
  World world;
  world.Maintain();
  world.Restart();
  world.now += absl::Hours(24 * 60);
  const auto report = world.Maintain();
  CHECK(report.ready);
  CHECK(report.destroyed.size() == 6);
  CHECK_FALSE(world.HasInner(kToday));
  CHECK(world.HasInner(kToday + 60));
}

TEST_CASE("keys that are over and were never recorded are erased as well") {
  World world;
  const Day old = kToday - 100;
  world.store.PutBack(DayKeyName(kInnerKey, old), SecretKey::Random());
  CHECK(world.Maintain().failures.empty());
  CHECK_FALSE(world.HasInner(old));
}

TEST_CASE("a destroyed day's key that someone put back is erased at once") {
  World world;
  world.Maintain();
  const SecretKey copy = world.tag->Get(kToday).value()->Clone();
  world.now += absl::Hours(48);
  world.Maintain();
  world.store.PutBack(DayKeyName(kTagKey, kToday), copy.Clone());
  world.Restart();
  const auto report = world.Maintain();
  REQUIRE(report.destroyed.size() == 1);
  CHECK(report.destroyed[0].day == kToday);
  CHECK_FALSE(world.HasTag(kToday));
}

TEST_CASE("a lost day is reported, not made anew, and does not stop the others") {
  World world;
  world.Maintain();
  world.store.Lose(DayKeyName(kInnerKey, kToday));
  world.Restart();
  const auto report = world.Maintain();
  CHECK(report.ready);
  REQUIRE(report.lost.size() == 1);
  CHECK(report.lost[0].purpose == kInnerKey);
  CHECK(report.lost[0].day == kToday);
  CHECK(ReasonOf(world.inner->Get(kToday).status()) == kKeyLost);
  CHECK(world.inner->Get(kToday + 1).ok());
  CHECK_FALSE(world.HasInner(kToday));

  REQUIRE(world.inner->ReplaceLost(kToday).ok());
  CHECK(world.Maintain().lost.empty());
  CHECK(world.inner->Get(kToday).ok());
}

TEST_CASE("a loss is noticed while the process still has the key in memory") {
  World world;
  world.Maintain();
  world.store.Lose(DayKeyName(kInnerKey, kToday - 1));
  CHECK(world.Maintain().lost.size() == 1);
  CHECK(world.inner->Get(kToday - 1).ok());
}

TEST_CASE("a key erased by a call that died before marking it is ended, not lost") {
  World world;
  world.Maintain();
  world.now += absl::Hours(48);
  world.store.Lose(DayKeyName(kTagKey, kToday));
  world.Restart();
  const auto report = world.Maintain();
  CHECK(report.lost.empty());
  CHECK(ReasonOf(world.tag->Get(kToday).status()) == kKeyDestroyed);
}

TEST_CASE("while the store is away nothing is ready, nothing is lost, and the next call goes on") {
  World world;
  for (int i = 0; i < 12; ++i) world.store.FailNext(KeyStoreUnavailable("not mounted"));
  const auto report = world.Maintain();
  CHECK_FALSE(report.ready);
  CHECK_FALSE(report.failures.empty());
  CHECK(report.lost.empty());
  while (!world.Maintain().ready) {
  }
  CHECK(world.inner->Get(kToday).ok());
}

TEST_CASE("a day that a mirror does not confirm delays no other, and is ended by the next call") {
  World world;
  world.Maintain();
  world.store.FailNext(absl::OkStatus());  // the list of labels
  world.store.FailNext(KeyStoreUnavailable("a mirror is away"));
  const auto first = world.inner->DestroyThrough(kToday + 1);
  CHECK(absl::IsUnavailable(first.status));
  CHECK(first.days == std::vector<Day>{kToday, kToday + 1});

  const auto rest = world.inner->DestroyThrough(kToday + 1);
  CHECK(rest.status.ok());
  CHECK(rest.days == std::vector<Day>{kToday - 1});
}

TEST_CASE("a loss is told only when nothing worse happened, since the other days can be used") {
  World world;
  world.Maintain();
  world.store.Lose(DayKeyName(kInnerKey, kToday));
  world.Restart();
  CHECK(ReasonOf(world.inner->EnsureDays(kToday, kToday + 1)) == kKeyLost);

  world.Restart();
  world.book.FailNext(absl::OkStatus());  // today's record
  world.book.FailNext(absl::UnavailableError("down"));
  CHECK(absl::IsUnavailable(world.inner->EnsureDays(kToday, kToday + 1)));
}

}  // namespace
}  // namespace oshirase::keyring

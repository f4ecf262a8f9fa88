#include <catch2/catch.hpp>

#include "common/redis/client.h"
#include "services/checkin/domain/index_keeper.h"
#include "services/checkin/domain/visit_counter.h"
#include "services/checkin/store/redis_day_index.h"
#include "services/checkin/store/redis_visit_cap.h"
#include "services/checkin/testing/day_index_contract.h"
#include "services/checkin/testing/fake_visit_store.h"
#include "services/checkin/testing/visit_cap_contract.h"
#include "tests/support/temp_redis.h"

namespace oshirase::checkin {
namespace {

struct World {
  testing::TempRedis server;
  redis::Client client{{.address = *redis::ParseUrl(server.url())}};
  RedisDayIndex index{client, TestNow, 21};
  RedisVisitCap cap{client, TestNow};
};

TEST_CASE("the Redis day index keeps the index's contract") {
  World world;
  CheckDayIndexContract(world.index);
}

TEST_CASE("the Redis visit cap keeps the cap's contract") {
  World world;
  CheckVisitCapContract(world.cap);
}

TEST_CASE("entries of the index expire with their day's retention, caps with the tag key") {
  World world;
  REQUIRE_OK(world.index.Add({TestVisit(1)}));
  REQUIRE_OK(world.cap.Admit({TestAdmission(1, 1)}));

  const auto key = "visits:{" + FormatDay(TestDay()) + "}:" + ids::FormatUuid(VenueNumber(1));
  const auto index_ttl = world.client.Run(redis::Command{"TTL", key});
  const auto caps = world.client.Run(redis::Command{"KEYS", "cap:*"});
  REQUIRE_OK(index_ttl);
  REQUIRE_OK(caps);
  const auto cap_ttl = world.client.Run(redis::Command{"TTL", caps->Strings()->front()});
  REQUIRE_OK(cap_ttl);

  // It is noon: half a day is left of today.
  CHECK(*index_ttl->Integer() > (21 * 24 + 11) * 3600);
  CHECK(*index_ttl->Integer() <= (21 * 24 + 12) * 3600);
  CHECK(*cap_ttl->Integer() > (24 + 11) * 3600);
  CHECK(*cap_ttl->Integer() <= (24 + 12) * 3600);
}

TEST_CASE("an index whose Redis was killed or flushed is rebuilt, expiries included") {
  World world;
  FakeVisitStore store;
  REQUIRE_OK(store.EnsureDay(TestDay()));
  REQUIRE_OK(store.Insert({TestVisit(1), TestVisit(2, 2)}));
  IndexHealth health;
  IndexKeeper keeper(store, world.index, health, [] { return false; });
  VisitCounter counter(store, world.index, health);
  const std::vector<VenueHours> where{{VenueNumber(1), TestDay(), 1U << 12}};
  REQUIRE_OK(keeper.Tend());
  REQUIRE(counter.Count(where, false)->from_index);

  SECTION("killed") {
    world.server.Kill();
    CHECK_FALSE(counter.Count(where, false)->from_index);
    CHECK_CODE(keeper.Tend(), absl::StatusCode::kUnavailable);
    world.server.Restart();
    absl::SleepFor(absl::Milliseconds(250));  // the client's pause after a failure
  }
  SECTION("flushed") {
    world.server.Flush();
    CHECK_FALSE(counter.Count(where, false)->from_index);
  }
  REQUIRE_OK(keeper.Tend());

  const auto counted = counter.Count(where, false);
  REQUIRE_OK(counted);
  CHECK(counted->from_index);
  CHECK(counted->counts[0][12] == 1);
  const auto key = "visits:{" + FormatDay(TestDay()) + "}:" + ids::FormatUuid(VenueNumber(1));
  CHECK(*world.client.Run(redis::Command{"TTL", key})->Integer() > 0);
}

}  // namespace
}  // namespace oshirase::checkin

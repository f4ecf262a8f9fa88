// Keys of cases that are over, and keys that are there although they should not be.
#include <catch2/catch.hpp>

#include "services/notifier/domain/caretaker.h"
#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kFrom = TestNoon() - absl::Hours(3);

struct World {
  Scene scene;
  OpeningQueue openings{scene.process().opener, scene.cases, [] {}};
  Caretaker caretaker{{scene.cases, scene.outbox, scene.registry, scene.process().opener, openings,
                       scene.process().name_ring, [this] { return scene.now(); }}};

  std::vector<Exposure> Exposures() {
    return {scene.MakeExposure(1, kFrom, kFrom + absl::Hours(1))};
  }
};

TEST_CASE("a cancelled case whose opening got no further than its key loses the key") {
  World world;
  const auto case_id = world.scene.SubmitAndApprove(world.Exposures());
  const keyring::KeyName key{keyring::kCaseKey, case_id};
  REQUIRE_OK(world.scene.process().name_ring.Make(key));
  REQUIRE_OK(world.scene.Cancel(case_id, "officer-b"));

  world.caretaker.ForgetCases();

  CHECK_FALSE(world.scene.key_store.Has(key));
}

TEST_CASE("a key that an opening makes after the case was forgotten is destroyed too") {
  World world;
  const auto case_id = world.scene.SubmitAndApprove(world.Exposures());
  const keyring::KeyName key{keyring::kCaseKey, case_id};
  REQUIRE_OK(world.scene.Cancel(case_id, "officer-b"));
  world.caretaker.ForgetCases();
  REQUIRE_OK(world.scene.process().name_ring.Make(key));

  world.caretaker.ForgetCases();

  CHECK_FALSE(world.scene.key_store.Has(key));
}

TEST_CASE("a destroyed key that comes back with a mirror is erased, and a living one is not") {
  World world;
  world.scene.Visit(1, 1, kFrom);
  const auto over = world.scene.SubmitAndApprove(world.Exposures());
  world.scene.RunAll();
  world.scene.Advance(absl::Hours(25));
  world.caretaker.ForgetCases();
  world.scene.registry.SetReleaseEnd(world.scene.now() + absl::Hours(24));
  const auto living = world.scene.SubmitAndApprove(world.Exposures());
  world.scene.RunAll();
  world.scene.key_store.PutBack({keyring::kCaseKey, over}, crypto::SecretKey::Random());

  world.caretaker.ForgetCases();

  CHECK_FALSE(world.scene.key_store.Has({keyring::kCaseKey, over}));
  CHECK(world.scene.key_store.Has({keyring::kCaseKey, living}));
}

}  // namespace
}  // namespace oshirase::notifier

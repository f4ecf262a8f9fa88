// Who is told, against a second opinion: a reference that shares no code with the notifier.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kNoon = TestNoon();

std::set<std::string> Told(Scene& scene) {
  std::set<std::string> told;
  for (const auto& [user, count] : scene.line.delivered()) {
    CHECK(count == 1);
    told.insert(user);
  }
  return told;
}

// The reference: written from the product's words, with integers of milliseconds and none of the
// notifier's code.
struct World {
  struct Visit {
    int person, venue;
    int64_t scan, left;  // left 0: did not say so
  };
  struct Window {
    int venue;
    int64_t from, to, stay, linger, event_end;  // event_end 0: none
  };
  std::vector<Visit> visits;
  std::vector<Window> windows;
};

std::set<std::string> Reference(const World& world) {
  std::set<std::string> people;
  for (const auto& visit : world.visits) {
    for (const auto& window : world.windows) {
      if (visit.venue != window.venue) continue;
      int64_t end = visit.scan + window.stay;
      if (visit.left != 0) end = std::min(visit.left, visit.scan + 12 * 3600 * 1000);
      if (window.event_end != 0 && end > window.event_end) end = window.event_end;
      int64_t common_from = visit.scan > window.from ? visit.scan : window.from;
      int64_t common_to = end < window.to + window.linger ? end : window.to + window.linger;
      if (common_to - common_from >= 1000) people.insert(TestUserId(visit.person));
    }
  }
  return people;
}

World RandomWorld(std::mt19937& random) {
  const auto pick = [&](int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(random);
  };
  const int64_t midnight = absl::ToUnixMillis(StartOf(DayOf(kNoon)));
  World world;
  for (int64_t i = pick(1, 4); i > 0; --i) {
    World::Window window{.venue = static_cast<int>(pick(1, 3)),
                         .from = midnight + pick(-6 * 60, 6 * 60) * 60'000,
                         .stay = pick(1, 12 * 60) * 60'000,
                         .linger = pick(0, 180) * 60'000};
    window.to = window.from + pick(1, 4 * 60) * 60'000;
    if (pick(0, 3) == 0) window.event_end = window.to + pick(-30, 60) * 60'000;
    world.windows.push_back(window);
  }
  for (int64_t i = pick(0, 40); i > 0; --i) {
    const auto& window = world.windows[static_cast<size_t>(pick(0, world.windows.size() - 1))];
    // Half of them right at an edge.
    const std::vector<int64_t> edges = {window.from - window.stay,
                                        window.from - 12 * 3600 * 1000,
                                        window.from,
                                        window.to,
                                        window.to + window.linger,
                                        midnight};
    int64_t scan = pick(0, 1) == 0 ? edges[static_cast<size_t>(pick(0, 5))] + pick(-2000, 2000)
                                   : midnight + pick(-20 * 3600, 12 * 3600) * 1000;
    scan = std::min(scan, absl::ToUnixMillis(kNoon));
    int64_t left = 0;
    if (pick(0, 2) == 0) left = scan + pick(-60, 15 * 3600) * 1000;
    world.visits.push_back({static_cast<int>(pick(1, 15)), static_cast<int>(pick(1, 3)), scan,
                            left == scan ? left + 1 : left});
  }
  return world;
}

TEST_CASE("in 200 random worlds exactly the exposed are told, each once") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const World world = RandomWorld(random);
    Scene scene;
    std::vector<Exposure> exposures;
    for (const auto& window : world.windows) {
      exposures.push_back({.venue_id = TestVenue(window.venue),
                           .from = absl::FromUnixMillis(window.from),
                           .to = absl::FromUnixMillis(window.to),
                           .stay = absl::Milliseconds(window.stay),
                           .linger = absl::Milliseconds(window.linger)});
      if (window.event_end != 0) {
        exposures.back().event_end = absl::FromUnixMillis(window.event_end);
      }
    }
    for (const auto& visit : world.visits) {
      std::optional<absl::Time> left;
      if (visit.left != 0) left = absl::FromUnixMillis(visit.left);
      scene.Visit(visit.person, visit.venue, absl::FromUnixMillis(visit.scan), left);
    }
    const auto entered = scene.Submit(scene.MakeStatement(exposures));
    REQUIRE_OK(entered);
    REQUIRE_OK(scene.Approve(entered->case_id, "officer-b"));
    if (entered->signatures_needed == 3) REQUIRE_OK(scene.Approve(entered->case_id, "officer-c"));
    scene.RunAll();

    CHECK(scene.Read(entered->case_id).state == CaseState::kSent);
    CHECK(Told(scene) == Reference(world));
  }
}

}  // namespace
}  // namespace oshirase::notifier

#include "services/registry/domain/exposed_hours.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

namespace oshirase::registry {
namespace {

absl::Time At(const char* text) { return ParseJapanTime(text).value(); }

Exposure Window(const char* from, const char* to, absl::Duration linger = absl::ZeroDuration()) {
  return {.venue_id = {"v"},
          .from = At(from),
          .to = At(to),
          .stay = absl::Hours(2),
          .linger = linger,
          .event_end = std::nullopt};
}

TEST_CASE("hours begin half a day before the window, for whoever left late") {
  const auto hours = ExposedHours(Window("2020-12-10T14:30", "2020-12-10T15:00"));
  CHECK(hours.front() == HourOfDay{DayOf(At("2020-12-10T02:00")), 2});
  CHECK(hours.back() == HourOfDay{DayOf(At("2020-12-10T14:00")), 14});
  CHECK(hours.size() == 13);
}

TEST_CASE("an hour that begins as the linger ends is not opened, one second before it is") {
  CHECK(ExposedHours(Window("2020-12-10T14:00", "2020-12-10T15:00")).back().hour == 14);
  CHECK(
      ExposedHours(Window("2020-12-10T14:00", "2020-12-10T15:00", absl::Seconds(1))).back().hour ==
      15);
}

TEST_CASE("hours run across midnight into both days") {
  const auto hours = ExposedHours(Window("2020-12-10T23:00", "2020-12-11T01:00"));
  CHECK(hours.front() == HourOfDay{DayOf(At("2020-12-10T11:00")), 11});
  CHECK(hours.back() == HourOfDay{DayOf(At("2020-12-11T00:00")), 0});
}

TEST_CASE("the last hour ends on the hour") {
  Statement statement;
  statement.exposures = {Window("2020-12-10T10:00", "2020-12-10T15:00", absl::Minutes(30)),
                         Window("2020-12-10T10:00", "2020-12-10T12:00")};
  CHECK(EndOfLastHour(statement) == At("2020-12-10T16:00"));
}

// The definition, applied to each second a visit may begin in: its hour is opened exactly when
// some visit beginning in it can be exposed.
TEST_CASE("exactly the hours are opened in which an exposed visit can have begun") {
  std::mt19937 random(20201210);
  for (int round = 0; round < 200; ++round) {
    Exposure exposure = Window("2020-12-10T00:00", "2020-12-10T01:00");
    exposure.from += absl::Seconds(random() % (3 * 86400));
    exposure.to = exposure.from + absl::Seconds(1 + random() % 86400);
    exposure.stay = absl::Seconds(60 + random() % (12 * 3600 - 59));
    exposure.linger = absl::Seconds(random() % (3 * 3600 + 1));
    std::set<HourOfDay> expected;
    for (absl::Time scan = exposure.from - absl::Hours(14);
         scan < exposure.to + exposure.linger + absl::Hours(2); scan += absl::Seconds(1)) {
      const absl::Time latest_end = scan + absl::Hours(12);
      const absl::Duration overlap =
          std::min(latest_end, exposure.to + exposure.linger) - std::max(scan, exposure.from);
      if (overlap >= absl::Seconds(1)) expected.insert({DayOf(scan), HourOf(scan)});
    }
    const auto hours = ExposedHours(exposure);
    const std::set<HourOfDay> opened(hours.begin(), hours.end());
    REQUIRE(std::includes(opened.begin(), opened.end(), expected.begin(), expected.end()));
    REQUIRE(opened.size() <= expected.size());
  }
}

}  // namespace
}  // namespace oshirase::registry

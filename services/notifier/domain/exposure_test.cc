#include "services/notifier/domain/exposure.h"

#include <catch2/catch.hpp>
#include <set>

#include "services/notifier/testing/scene.h"

namespace oshirase::notifier {
namespace {

// 2020-12-02 12:00 in Japan, a whole hour.
const absl::Time kNoon = absl::FromUnixSeconds(1606878000);

Exposure NoonToOne() {
  return {.venue_id = TestVenue(1),
          .from = kNoon,
          .to = kNoon + absl::Hours(1),
          .stay = absl::Hours(2),
          .linger = absl::Minutes(30)};
}

bool Exposed(absl::Duration scan_after_noon, std::optional<absl::Duration> left_after_noon = {}) {
  VisitTimes visit{.scan = kNoon + scan_after_noon};
  if (left_after_noon.has_value()) visit.left = kNoon + *left_after_noon;
  return IsExposed(visit, NoonToOne());
}

TEST_CASE("a visit that ends one second into the window is exposed, one that ends with it is not") {
  CHECK(Exposed(-absl::Hours(2) + absl::Seconds(1)));
  CHECK_FALSE(Exposed(-absl::Hours(2)));
  CHECK_FALSE(Exposed(-absl::Hours(2) + absl::Milliseconds(999)));
}

TEST_CASE("a scan one second before the traces are gone is exposed, one at their end is not") {
  CHECK(Exposed(absl::Minutes(90) - absl::Seconds(1)));
  CHECK_FALSE(Exposed(absl::Minutes(90)));
  CHECK_FALSE(Exposed(absl::Minutes(90) - absl::Milliseconds(999)));
}

TEST_CASE("leaving ends the visit, before or after the usual stay") {
  CHECK_FALSE(Exposed(-absl::Hours(1), absl::ZeroDuration()));
  CHECK(Exposed(-absl::Hours(1), absl::Seconds(1)));
  CHECK(Exposed(-absl::Hours(5), absl::Minutes(10)));
  CHECK_FALSE(Exposed(-absl::Hours(5)));
}

TEST_CASE("whoever left twelve hours after the scan or later counts as gone after twelve") {
  CHECK(Exposed(-absl::Hours(12) + absl::Seconds(1), absl::Hours(3)));
  CHECK_FALSE(Exposed(-absl::Hours(12), absl::Hours(3)));
}

TEST_CASE("leaving at or before the scan leaves no visit") {
  CHECK_FALSE(Exposed(absl::Minutes(10), absl::Minutes(10)));
  CHECK_FALSE(Exposed(absl::Minutes(10), absl::Minutes(5)));
  CHECK_FALSE(Exposed(absl::Minutes(10), absl::Minutes(10) + absl::Milliseconds(999)));
  CHECK(Exposed(absl::Minutes(10), absl::Minutes(10) + absl::Seconds(1)));
}

TEST_CASE("nobody stays beyond the end of an event") {
  Exposure event = NoonToOne();
  event.event_end = kNoon + absl::Minutes(5);

  CHECK(IsExposed({.scan = kNoon - absl::Hours(1)}, event));
  CHECK(IsExposed({.scan = kNoon + absl::Minutes(5) - absl::Seconds(1)}, event));
  CHECK_FALSE(IsExposed({.scan = kNoon + absl::Minutes(5)}, event));
  CHECK_FALSE(IsExposed({.scan = kNoon, .left = kNoon}, event));
}

TEST_CASE("without linger the window is half open") {
  Exposure exposure = NoonToOne();
  exposure.linger = absl::ZeroDuration();

  CHECK(IsExposed({.scan = exposure.to - absl::Seconds(1)}, exposure));
  CHECK_FALSE(IsExposed({.scan = exposure.to}, exposure));
}

TEST_CASE("the hours to open begin twelve hours before the window and end with the linger") {
  const auto hours = HoursToOpen(NoonToOne());

  REQUIRE(hours.size() == 1);
  CHECK(hours[0].day == DayOf(kNoon));
  // 00:00 to 13:59: the last exposed scan is at 13:29:59.
  CHECK(hours[0].hours == (1U << 14) - 1);
}

TEST_CASE("an hour that begins with the end of the linger is not opened") {
  Exposure exposure = NoonToOne();
  exposure.linger = absl::Hours(1);

  CHECK(HoursToOpen(exposure)[0].hours == (1U << 14) - 1);

  exposure.linger += absl::Seconds(1);
  CHECK(HoursToOpen(exposure)[0].hours == (1U << 15) - 1);
}

TEST_CASE("hours across midnight belong to both days") {
  Exposure exposure = NoonToOne();
  exposure.from = StartOf(DayOf(kNoon)) + absl::Hours(23);
  exposure.to = exposure.from + absl::Hours(2);

  const auto hours = HoursToOpen(exposure);

  REQUIRE(hours.size() == 2);
  CHECK(hours[0] ==
        VenueDayHours{TestVenue(1), DayOf(kNoon), ((1U << 24) - 1) & ~((1U << 11) - 1)});
  CHECK(hours[1] == VenueDayHours{TestVenue(1), DayOf(kNoon) + 1, 0b11});
}

TEST_CASE("exposures of one venue share its hours, each venue and day once") {
  Exposure later = NoonToOne();
  later.from += absl::Hours(2);
  later.to += absl::Hours(2);
  Exposure elsewhere = NoonToOne();
  elsewhere.venue_id = TestVenue(2);

  const auto hours = HoursToOpen(std::vector<Exposure>{elsewhere, later, NoonToOne()});

  REQUIRE(hours.size() == 2);
  CHECK(hours[0].venue_id == TestVenue(1));
  CHECK(hours[0].hours == (1U << 16) - 1);
  CHECK(hours[1].venue_id == TestVenue(2));
}

TEST_CASE("every exposed visit begins in an hour to open") {
  const absl::Time base = StartOf(DayOf(kNoon));
  for (int stay_hours = 1; stay_hours <= 12; ++stay_hours) {
    Exposure exposure{.venue_id = TestVenue(1),
                      .from = base + absl::Hours(1) + absl::Minutes(stay_hours * 7),
                      .to = base + absl::Hours(3),
                      .stay = absl::Hours(stay_hours),
                      .linger = absl::Minutes(stay_hours * 15)};
    std::set<std::pair<Day, int>> open;
    for (const auto& part : HoursToOpen(exposure)) {
      for (int hour = 0; hour < 24; ++hour) {
        if ((part.hours >> static_cast<unsigned>(hour)) & 1U) open.insert({part.day, hour});
      }
    }
    for (absl::Time scan = base - absl::Hours(13); scan < base + absl::Hours(8);
         scan += absl::Seconds(37)) {
      for (const auto& left :
           {std::optional<absl::Time>{}, std::optional(scan + absl::Hours(30))}) {
        if (!IsExposed({scan, left}, exposure)) continue;
        const bool opened = open.contains({DayOf(scan), HourOf(scan)});
        if (!opened) FAIL("an exposed scan at " << absl::FormatTime(scan) << " is not opened");
      }
    }
  }
}

}  // namespace
}  // namespace oshirase::notifier

#include "common/time/japan_time.h"

#include <catch2/catch.hpp>
#include <unordered_set>

#include "absl/container/flat_hash_set.h"
#include "common/time/clock.h"

namespace oshirase {
namespace {

absl::Time Utc(const std::string& text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) FAIL(error);
  return time;
}

TEST_CASE("a day in Japan begins at 15:00 UTC of the day before") {
  CHECK(FormatDay(DayOf(Utc("2020-05-31T14:59:59.999Z"))) == "2020-05-31");
  CHECK(FormatDay(DayOf(Utc("2020-05-31T15:00:00Z"))) == "2020-06-01");
  CHECK(HourOf(Utc("2020-05-31T14:59:59.999Z")) == 23);
  CHECK(HourOf(Utc("2020-05-31T15:00:00Z")) == 0);
}

TEST_CASE("days count from 1970-01-01 in Japan, and back before it") {
  CHECK(DayOf(Utc("1969-12-31T15:00:00Z")).value == 0);
  CHECK(DayOf(Utc("1969-12-31T14:59:59Z")).value == -1);
  CHECK(StartOf(Day{0}) == Utc("1969-12-31T15:00:00Z"));
}

TEST_CASE("the start of a day is its first instant") {
  const Day day = DayOf(Utc("2020-12-01T03:00:00Z"));
  CHECK(DayOf(StartOf(day)) == day);
  CHECK(DayOf(StartOf(day) - absl::Nanoseconds(1)) == day - 1);
}

TEST_CASE("days can be compared, counted and hashed") {
  Day day = *ParseDay("2020-02-28");
  ++day;
  CHECK(FormatDay(day) == "2020-02-29");
  CHECK(FormatDay(day + 1) == "2020-03-01");
  --day;
  CHECK(*ParseDay("2021-01-01") - *ParseDay("2020-01-01") == 366);
  CHECK(day < day + 1);
  CHECK(absl::flat_hash_set<Day>{Day{1}, Day{1}, Day{2}}.size() == 2);
  CHECK(std::unordered_set<Day>{Day{1}, Day{1}, Day{2}}.size() == 2);
}

TEST_CASE("a day is read only in its one form") {
  CHECK(ParseDay("2020-12-01").ok());
  const auto bad =
      GENERATE("", "2020-12-1", "2021-02-29", "2020-13-01", "2020-00-10", "2020-12-01 ",
               "2020/12/01", "20201201", "1969-12-31", "-020-12-01", "２020-12-01");
  CAPTURE(bad);
  CHECK(absl::IsInvalidArgument(ParseDay(bad).status()));
}

TEST_CASE("a time without an offset is Japan time") {
  CHECK(*ParseJapanTime("2020-06-01T19:00") == Utc("2020-06-01T10:00:00Z"));
  CHECK(*ParseJapanTime("2020-06-01T19:00:30") == Utc("2020-06-01T10:00:30Z"));
  CHECK(FormatJapanTime(Utc("2020-06-01T10:00:59Z")) == "2020-06-01T19:00");
}

TEST_CASE("a time with an offset is the instant it names") {
  CHECK(*ParseJapanTime("2020-06-01T10:00Z") == Utc("2020-06-01T10:00:00Z"));
  CHECK(*ParseJapanTime("2020-06-01T19:00+09:00") == Utc("2020-06-01T10:00:00Z"));
  CHECK(*ParseJapanTime("2020-06-01T04:30:15-05:30") == Utc("2020-06-01T10:00:15Z"));
}

TEST_CASE("what is not a time is refused") {
  const auto bad =
      GENERATE("", "2020-06-01", "2020-06-01T", "2020-06-01 19:00", "2020-06-01T24:00",
               "2020-06-01T19:60", "2020-06-01T19:00:60", "2020-06-31T19:00", "2020-06-01T19:00+9",
               "2020-06-01T19:00+15:00", "2020-06-01T19:00+09:60", "2020-06-01T9:00",
               "infinite-future", "2020-06-01T19:00Zx", "Z", "+09:00", "2020-06-01T19:00 ");
  CAPTURE(bad);
  CHECK(absl::IsInvalidArgument(ParseJapanTime(bad).status()));
}

TEST_CASE("an offset clock runs beside the machine's") {
  const absl::Time before = absl::Now();
  const absl::Time moved = OffsetClock(absl::Hours(-5))();

  CHECK(moved >= before - absl::Hours(5));
  CHECK(moved <= absl::Now() - absl::Hours(5));
}

}  // namespace
}  // namespace oshirase

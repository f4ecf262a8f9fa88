// The calendar everything is kept by: Japan's, at a fixed UTC+9. Japan has had no daylight saving
// since 1951, so no time zone database is needed, and the machine's own zone never matters.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace oshirase {

// A calendar day in Japan.
struct Day {
  // Days since 1970-01-01.
  int32_t value = 0;

  friend auto operator<=>(const Day&, const Day&) = default;

  Day& operator++() {
    ++value;
    return *this;
  }
  Day& operator--() {
    --value;
    return *this;
  }
  friend Day operator+(Day day, int32_t days) { return Day{day.value + days}; }
  friend Day operator-(Day day, int32_t days) { return Day{day.value - days}; }
  // The number of days from `b` to `a`.
  friend int32_t operator-(Day a, Day b) { return a.value - b.value; }

  template <typename H>
  friend H AbslHashValue(H state, const Day& day) {
    return H::combine(std::move(state), day.value);
  }
};

// The day in Japan at `time`.
Day DayOf(absl::Time time);

// The hour in Japan at `time`, 0 to 23.
int HourOf(absl::Time time);

// The midnight at which `day` begins in Japan.
absl::Time StartOf(Day day);

// "2020-06-01".
std::string FormatDay(Day day);

// Reads "2020-06-01", years 1970 to 9999. Returns INVALID_ARGUMENT for anything else, a day that
// does not exist (2021-02-29) included.
absl::StatusOr<Day> ParseDay(absl::string_view text);

// "2020-06-01T19:00": Japan time, to the minute (seconds are cut off).
std::string FormatJapanTime(absl::Time time);

// Reads "2020-06-01T19:00" or "2020-06-01T19:00:30" as Japan time, or with an offset at its end
// ("Z", "+09:00", "-05:30") as the instant it names. Returns INVALID_ARGUMENT for anything else.
absl::StatusOr<absl::Time> ParseJapanTime(absl::string_view text);

}  // namespace oshirase

template <>
struct std::hash<oshirase::Day> {
  size_t operator()(oshirase::Day day) const noexcept { return std::hash<int32_t>()(day.value); }
};

#include "common/time/japan_time.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"

namespace oshirase {
namespace {

constexpr int kJapanOffsetSeconds = 9 * 60 * 60;
constexpr absl::CivilDay kEpoch(1970, 1, 1);

absl::TimeZone Japan() { return absl::FixedTimeZone(kJapanOffsetSeconds); }

// Reads `text` by `form`, where "0" stands for a digit and anything else for itself: the numbers
// between the other characters, or nothing when the text has another form. absl::ParseTime is not
// used because it takes white space, missing zeros and "infinite-past".
std::optional<std::vector<int>> ReadNumbers(absl::string_view text, absl::string_view form) {
  if (text.size() != form.size()) return std::nullopt;
  std::vector<int> numbers;
  bool in_number = false;
  for (size_t i = 0; i < form.size(); ++i) {
    const bool wants_digit = form[i] == '0';
    if (!wants_digit && text[i] != form[i]) return std::nullopt;
    if (wants_digit && !absl::ascii_isdigit(static_cast<unsigned char>(text[i]))) {
      return std::nullopt;
    }
    if (wants_digit && !in_number) numbers.push_back(0);
    if (wants_digit) numbers.back() = numbers.back() * 10 + (text[i] - '0');
    in_number = wants_digit;
  }
  return numbers;
}

absl::Status NotATime(absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text.substr(0, 40), "\" is not a time like 2020-06-01T19:00"));
}

// Cuts "Z", "+09:00" or "-05:30" off the end of `text` and returns its zone; Japan's without one.
absl::StatusOr<absl::TimeZone> TakeZone(absl::string_view& text) {
  if (absl::ConsumeSuffix(&text, "Z")) return absl::UTCTimeZone();
  // The third hyphen or a plus sign begins an offset; the first two belong to the date.
  const size_t sign = text.find_first_of("+-", std::min<size_t>(text.size(), 10));
  if (sign == absl::string_view::npos) return Japan();
  if (text.size() - sign != absl::string_view("+09:00").size()) return NotATime(text);
  const auto offset = ReadNumbers(text.substr(sign + 1), "00:00");
  if (!offset || (*offset)[0] > 14 || (*offset)[1] > 59) return NotATime(text);
  const int seconds = ((*offset)[0] * 60 + (*offset)[1]) * 60;
  const bool west = text[sign] == '-';
  text = text.substr(0, sign);
  return absl::FixedTimeZone(west ? -seconds : seconds);
}

}  // namespace

Day DayOf(absl::Time time) {
  return Day{static_cast<int32_t>(absl::ToCivilDay(time, Japan()) - kEpoch)};
}

int HourOf(absl::Time time) { return absl::ToCivilHour(time, Japan()).hour(); }

absl::Time StartOf(Day day) { return absl::FromCivil(kEpoch + day.value, Japan()); }

std::string FormatDay(Day day) { return absl::FormatCivilTime(kEpoch + day.value); }

absl::StatusOr<Day> ParseDay(absl::string_view text) {
  const auto numbers = ReadNumbers(text, "0000-00-00");
  if (numbers && (*numbers)[0] >= 1970) {
    const absl::CivilDay day((*numbers)[0], (*numbers)[1], (*numbers)[2]);
    // CivilDay carries 2021-02-29 over to March; such a day does not exist.
    if (day.month() == (*numbers)[1] && day.day() == (*numbers)[2]) {
      return Day{static_cast<int32_t>(day - kEpoch)};
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text.substr(0, 40), "\" is not a day like 2020-06-01"));
}

std::string FormatJapanTime(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M", time, Japan());
}

absl::StatusOr<absl::Time> ParseJapanTime(absl::string_view text) {
  absl::string_view rest = text;
  const auto zone = TakeZone(rest);
  if (!zone.ok() || rest.size() < 11 || rest[10] != 'T') return NotATime(text);
  const auto day = ParseDay(rest.substr(0, 10));
  auto clock = ReadNumbers(rest.substr(11), "00:00");
  if (clock) clock->push_back(0);
  if (!clock) clock = ReadNumbers(rest.substr(11), "00:00:00");
  if (!day.ok() || !clock) return NotATime(text);
  const auto [hour, minute, second] = std::tie((*clock)[0], (*clock)[1], (*clock)[2]);
  if (hour > 23 || minute > 59 || second > 59) return NotATime(text);
  const absl::CivilDay date = kEpoch + day->value;
  return absl::FromCivil(
      absl::CivilSecond(date.year(), date.month(), date.day(), hour, minute, second), *zone);
}

}  // namespace oshirase

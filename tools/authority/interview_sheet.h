// The interview sheet: where a patient was and when, from the command line or a CSV file.
#pragma once

#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace oshirase::authority {

// The longest CSV that is read.
inline constexpr size_t kMaxSheetBytes = 5 * 1000 * 1000;

// One line of the sheet. Either a code or a name says which venue.
struct Stop {
  int line = 0;  // For messages; 1 is the first line below the header, or the first --at.
  std::string venue_code;
  std::string venue_name;
  absl::Time from;
  absl::Time to;
};

// Reads the values of --at. Returns WRONG_USE with every wrong one.
absl::StatusOr<std::vector<Stop>> ReadStops(
    const std::vector<std::tuple<std::string, std::string, std::string>>& at);

// Reads a CSV with the header venue_code,venue_name,from,to,note in any order of columns; UTF-8 or
// Shift_JIS, with or without byte order mark; at most 5 MB and 200 lines. All or nothing: returns
// WRONG_USE with every wrong line.
absl::StatusOr<std::vector<Stop>> ReadSheet(const std::string& content);

}  // namespace oshirase::authority

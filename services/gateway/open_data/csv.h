// Rows of CSV (RFC 4180) that spreadsheets show as what they are: a cell that would begin a formula
// gets an apostrophe in front.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oshirase::gateway {

// What tells spreadsheets that the file is UTF-8.
inline constexpr std::string_view kCsvMark = "\xEF\xBB\xBF";

// One row with its line end. A cell that begins with = + - @ (of either width), TAB, CR or LF,
// which a spreadsheet would reckon out, is neutralised.
std::string CsvRow(const std::vector<std::string>& cells);

}  // namespace oshirase::gateway

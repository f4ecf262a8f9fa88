#include "common/csv/csv_writer.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace oshirase {
namespace {

// Spreadsheets that speak Japanese take the full width forms for the others.
constexpr std::array<std::string_view, 11> kFormulaStarts = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                             "\n", "＝", "＋", "－", "＠"};

std::string Cell(const std::string& text) {
  const bool formula =
      std::any_of(kFormulaStarts.begin(), kFormulaStarts.end(),
                  [&text](std::string_view start) { return text.starts_with(start); });
  const std::string safe = formula ? absl::StrCat("'", text) : text;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  return absl::StrCat("\"", absl::StrReplaceAll(safe, {{"\"", "\"\""}}), "\"");
}

}  // namespace

std::string FormatCsvRow(const std::vector<std::string>& cells) {
  std::string row;
  for (size_t i = 0; i < cells.size(); ++i)
    absl::StrAppend(&row, i == 0 ? "" : ",", Cell(cells[i]));
  return row + "\r\n";
}

}  // namespace oshirase

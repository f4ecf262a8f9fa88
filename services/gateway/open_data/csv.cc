#include "services/gateway/open_data/csv.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace oshirase::gateway {
namespace {

// A Japanese spreadsheet takes the wide ones for the others.
constexpr const char* kFormulaStarts[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                          "\n", "＝", "＋", "－", "＠"};

bool BeginsFormula(const std::string& text) {
  return std::any_of(std::begin(kFormulaStarts), std::end(kFormulaStarts),
                     [&](const char* start) { return absl::StartsWith(text, start); });
}

std::string Cell(const std::string& text) {
  const std::string safe = BeginsFormula(text) ? absl::StrCat("'", text) : text;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  return absl::StrCat("\"", absl::StrReplaceAll(safe, {{"\"", "\"\""}}), "\"");
}

}  // namespace

std::string CsvRow(const std::vector<std::string>& cells) {
  std::string row;
  for (size_t i = 0; i < cells.size(); ++i)
    absl::StrAppend(&row, i == 0 ? "" : ",", Cell(cells[i]));
  return row + "\r\n";
}

}  // namespace oshirase::gateway

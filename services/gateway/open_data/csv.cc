#include "services/gateway/open_data/csv.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace oshirase::gateway {
namespace {

std::string Cell(const std::string& text) {
  static constexpr std::string_view kFormulaStarts = "=+-@\t\r";
  const bool formula = !text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos;
  const std::string safe = formula ? absl::StrCat("'", text) : text;
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

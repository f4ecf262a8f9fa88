#include "tools/authority/interview_sheet.h"

#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/csv/csv.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "common/time/japan_time.h"
#include "tools/authority/wrong_use.h"

namespace oshirase::authority {
namespace {

constexpr size_t kMaxLines = 200;

using Row = std::vector<std::string>;

// Fills in `stop`'s times from text, or says what is wrong with the line.
std::optional<std::string> ReadTimes(const std::string& from, const std::string& to, Stop& stop) {
  const auto from_time = ParseJapanTime(from);
  const auto to_time = ParseJapanTime(to);
  if (!from_time.ok())
    return absl::StrCat("開始「", from, "」は 2020-06-01T19:00 の形で書いてください");
  if (!to_time.ok())
    return absl::StrCat("終了「", to, "」は 2020-06-01T21:00 の形で書いてください");
  if (*to_time <= *from_time) return "終了が開始より後になっていません";
  stop.from = *from_time;
  stop.to = *to_time;
  return std::nullopt;
}

using Columns = std::map<std::string, size_t>;

absl::StatusOr<Columns> ReadHeader(const Row& header) {
  Columns columns;
  for (size_t i = 0; i < header.size(); ++i) columns.emplace(header[i], i);
  for (const auto* name : {"venue_code", "venue_name", "from", "to"}) {
    if (!columns.contains(name)) {
      return WrongUse("見出しは venue_code,venue_name,from,to,note としてください");
    }
  }
  return columns;
}

std::string Field(const Row& row, const Columns& columns, const std::string& name) {
  const auto index = columns.at(name);
  return index < row.size() ? row[index] : "";
}

}  // namespace

absl::StatusOr<std::vector<Stop>> ReadStops(
    const std::vector<std::tuple<std::string, std::string, std::string>>& at) {
  std::vector<Stop> stops;
  std::vector<std::string> problems;
  for (const auto& [code, from, to] : at) {
    Stop stop{.line = static_cast<int>(stops.size()) + 1, .venue_code = code};
    if (const auto problem = ReadTimes(from, to, stop); problem.has_value()) {
      problems.push_back(absl::StrCat(stop.line, " 件目: ", *problem));
    }
    stops.push_back(std::move(stop));
  }
  RETURN_IF_ERROR(WrongUse(problems));
  return stops;
}

absl::StatusOr<std::vector<Stop>> ReadSheet(const std::string& content) {
  if (content.size() > kMaxSheetBytes) return WrongUse("CSVは 5 MB までです");
  const auto rows = ReadCsv(content);
  if (ReasonOf(rows.status()) == "CSV_NOT_TEXT") {
    return WrongUse("CSVの文字コードは UTF-8 か Shift_JIS にしてください");
  }
  if (!rows.ok()) return WrongUse("CSVとして読めません（引用符を確かめてください）");
  if (rows->size() < 2) return WrongUse("CSVに行がありません");
  if (rows->size() > kMaxLines + 1) return WrongUse("CSVは 200 行までです");
  ASSIGN_OR_RETURN(const auto columns, ReadHeader(rows->front().cells));

  std::vector<Stop> stops;
  std::vector<std::string> problems;
  for (size_t i = 1; i < rows->size(); ++i) {
    const Row& row = (*rows)[i].cells;
    Stop stop{.line = static_cast<int>(i),
              .venue_code = Field(row, columns, "venue_code"),
              .venue_name = Field(row, columns, "venue_name")};
    auto problem = ReadTimes(Field(row, columns, "from"), Field(row, columns, "to"), stop);
    if (stop.venue_code.empty() && stop.venue_name.empty()) {
      problem = "venue_code も venue_name もありません";
    }
    if (problem.has_value()) problems.push_back(absl::StrCat(i, " 行目: ", *problem));
    stops.push_back(std::move(stop));
  }
  RETURN_IF_ERROR(WrongUse(problems));
  return stops;
}

}  // namespace oshirase::authority

#include "tools/authority/interview_sheet.h"

#include <csv.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>

#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/status/macros.h"
#include "common/time/japan_time.h"
#include "tools/authority/session.h"

namespace oshirase::authority {
namespace {

constexpr size_t kMaxBytes = 5 * 1000 * 1000;
constexpr size_t kMaxLines = 200;

using Row = std::vector<std::string>;

bool IsUtf8(const std::string& bytes) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t length = 0;
  u_strFromUTF8(nullptr, 0, &length, bytes.data(), static_cast<int32_t>(bytes.size()), &error);
  return error == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(error);
}

// Windows' Shift_JIS, because that is what Excel in Japan writes.
std::optional<std::string> FromShiftJis(const std::string& bytes) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open("ibm-943_P15A-2003", &error), &ucnv_close);
  if (U_FAILURE(error)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(),
                                error);
  if (U_FAILURE(error) || text.isBogus()) return std::nullopt;
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

struct Table {
  std::vector<Row> rows;
  Row row;
};

absl::StatusOr<std::vector<Row>> ParseCsv(const std::string& text) {
  Table table;
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
    return absl::InternalError("csv_init failed");
  }
  const auto on_field = [](void* field, size_t size, void* data) {
    static_cast<Table*>(data)->row.emplace_back(static_cast<const char*>(field), size);
  };
  const auto on_row = [](int /*end*/, void* data) {
    auto* result = static_cast<Table*>(data);
    result->rows.push_back(std::exchange(result->row, {}));
  };
  const bool parsed =
      csv_parse(&parser, text.data(), text.size(), on_field, on_row, &table) == text.size() &&
      csv_fini(&parser, on_field, on_row, &table) == 0;
  csv_free(&parser);
  if (!parsed) return WrongUse("CSVとして読めません（引用符を確かめてください）");
  return table.rows;
}

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

absl::Status Problems(const std::vector<std::string>& problems) {
  return WrongUse(absl::StrJoin(problems, "\n"));
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
  if (!problems.empty()) return Problems(problems);
  return stops;
}

absl::StatusOr<std::vector<Stop>> ReadSheet(const std::string& content) {
  if (content.size() > kMaxBytes) return WrongUse("CSVは 5 MB までです");
  const auto text = IsUtf8(content) ? content : FromShiftJis(content);
  if (!text.has_value()) return WrongUse("CSVの文字コードは UTF-8 か Shift_JIS にしてください");
  ASSIGN_OR_RETURN(const auto rows,
                   ParseCsv(std::string(absl::StripPrefix(*text, "\xEF\xBB\xBF"))));
  if (rows.size() < 2) return WrongUse("CSVに行がありません");
  if (rows.size() > kMaxLines + 1) return WrongUse("CSVは 200 行までです");
  ASSIGN_OR_RETURN(const auto columns, ReadHeader(rows.front()));

  std::vector<Stop> stops;
  std::vector<std::string> problems;
  for (size_t i = 1; i < rows.size(); ++i) {
    Stop stop{.line = static_cast<int>(i),
              .venue_code = Field(rows[i], columns, "venue_code"),
              .venue_name = Field(rows[i], columns, "venue_name")};
    auto problem = ReadTimes(Field(rows[i], columns, "from"), Field(rows[i], columns, "to"), stop);
    if (stop.venue_code.empty() && stop.venue_name.empty()) {
      problem = "venue_code も venue_name もありません";
    }
    if (problem.has_value()) problems.push_back(absl::StrCat(i, " 行目: ", *problem));
    stops.push_back(std::move(stop));
  }
  if (!problems.empty()) return Problems(problems);
  return stops;
}

}  // namespace oshirase::authority

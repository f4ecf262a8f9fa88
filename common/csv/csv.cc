#include "common/csv/csv.h"

#include <csv.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "common/status/errors.h"

namespace oshirase {
namespace {

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

bool IsBlank(const std::string& cell) {
  return std::all_of(cell.begin(), cell.end(),
                     [](char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); });
}

// The parser's state between rows, which its header has no name for.
constexpr int kNoRowBegun = 0;

// What the parser's callbacks fill.
struct Table {
  std::vector<CsvRow> rows;
  std::vector<std::string> cells;
  int line = 1;      // That is being read.
  int row_line = 0;  // Where the row began; 0 between rows.
};

void AddCell(void* field, size_t size, void* data) {
  auto* table = static_cast<Table*>(data);
  table->cells.emplace_back(static_cast<const char*>(field), size);
}

void EndRow(int /*end*/, void* data) {
  auto* table = static_cast<Table*>(data);
  std::vector<std::string> cells = std::exchange(table->cells, {});
  if (!std::all_of(cells.begin(), cells.end(), IsBlank)) {
    table->rows.push_back({table->row_line, std::move(cells)});
  }
  table->row_line = table->line;
}

}  // namespace

absl::StatusOr<std::vector<CsvRow>> ReadCsv(const std::string& bytes) {
  const auto text = IsUtf8(bytes) ? bytes : FromShiftJis(bytes);
  if (!text.has_value()) {
    return ReasonedError(absl::StatusCode::kInvalidArgument, "CSV_NOT_TEXT",
                         "the file is neither UTF-8 nor Shift_JIS");
  }
  const std::string body(absl::StripPrefix(*text, "\xEF\xBB\xBF"));
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
    return absl::InternalError("csv_init failed");
  }
  // Line by line, because the parser does not tell where it is.
  Table table;
  bool parsed = true;
  for (size_t at = 0; at < body.size() && parsed; ++table.line) {
    const size_t end = std::min(body.find('\n', at), body.size() - 1) + 1;
    if (table.row_line == 0) table.row_line = table.line;
    parsed = csv_parse(&parser, body.data() + at, end - at, AddCell, EndRow, &table) == end - at;
    at = end;
    if (parser.pstate == kNoRowBegun) table.row_line = 0;
  }
  parsed = parsed && csv_fini(&parser, AddCell, EndRow, &table) == 0;
  csv_free(&parser);
  if (!parsed) {
    return ReasonedError(absl::StatusCode::kInvalidArgument, "CSV_UNREADABLE",
                         "the quotation marks do not match");
  }
  return std::move(table.rows);
}

}  // namespace oshirase

#include "common/csv/csv.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"

namespace oshirase {
namespace {

using Cells = std::vector<std::string>;

TEST_CASE("cells come as they stand in the file, with the line their row begins at") {
  const auto rows = ReadCsv("a,\"b,\"\"c\"\"\"\r\n\r\n\"two\nlines\",=1+1\n , \t\nlast");
  REQUIRE(rows.ok());
  REQUIRE(rows->size() == 3);
  CHECK((*rows)[0].line == 1);
  CHECK((*rows)[0].cells == Cells{"a", "b,\"c\""});
  CHECK((*rows)[1].line == 3);
  CHECK((*rows)[1].cells == Cells{"two\nlines", "=1+1"});
  CHECK((*rows)[2].line == 6);
  CHECK((*rows)[2].cells == Cells{"last"});
}

TEST_CASE("UTF-8 with and without a byte order mark and Excel's Shift_JIS read alike") {
  for (const char* bytes : {"髙島,①\n", "\xEF\xBB\xBF髙島,①\n", "\xFB\xFC\x93\x87,\x87\x40\n"}) {
    const auto rows = ReadCsv(bytes);
    REQUIRE(rows.ok());
    CHECK(rows->front().cells == Cells{"髙島", "①"});
  }
}

TEST_CASE("what is no text, and quotation marks that do not match, are refused") {
  CHECK(ReasonOf(ReadCsv("\xFF\xFE\x00\x01").status()) == "CSV_NOT_TEXT");
  CHECK(ReasonOf(ReadCsv("\"a").status()) == "CSV_UNREADABLE");
  CHECK(ReasonOf(ReadCsv("\"a\"b,c\n").status()) == "CSV_UNREADABLE");
}

TEST_CASE("an empty file has no rows, and long and odd cells are kept") {
  CHECK(ReadCsv("")->empty());
  CHECK(ReadCsv("\n,,\n")->empty());
  const std::string odd = std::string(10'000, 'x') + std::string(1, '\0') + "\xE2\x80\xAE";
  CHECK(ReadCsv(odd + ",b")->front().cells.front() == odd);
}

}  // namespace
}  // namespace oshirase

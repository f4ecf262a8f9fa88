#include "common/csv/csv_writer.h"

#include <catch2/catch.hpp>

#include "common/csv/csv.h"

namespace oshirase {
namespace {

TEST_CASE("a cell that would begin a formula is neutralised, in full width too") {
  CHECK(FormatCsvRow({"=1+1", "+81", "-1", "@SUM(A1)"}) == "'=1+1,'+81,'-1,'@SUM(A1)\r\n");
  CHECK(FormatCsvRow({"\t=1", "＝1＋1", "－", "＠a", "＋"}) == "'\t=1,'＝1＋1,'－,'＠a,'＋\r\n");
  CHECK(FormatCsvRow({"\r=1", "\n=1"}) == "\"'\r=1\",\"'\n=1\"\r\n");
  CHECK(FormatCsvRow({"a=b", "045-1", "", "髙﨑"}) == "a=b,045-1,,髙﨑\r\n");
}

TEST_CASE("commas, quotes and line ends stay inside their cell") {
  CHECK(FormatCsvRow({"a,b", "say \"x\"", "1\r\n2"}) == "\"a,b\",\"say \"\"x\"\"\",\"1\r\n2\"\r\n");
  CHECK(FormatCsvRow({"=\"a\",1"}) == "\"'=\"\"a\"\",1\"\r\n");
}

TEST_CASE("what is written is read back as it was") {
  const std::vector<std::string> cells = {"髙島屋, \"本店\"", "two\r\nlines", "", "🍜"};

  const auto rows = ReadCsv(std::string(kCsvMark) + FormatCsvRow(cells));

  REQUIRE(rows.ok());
  REQUIRE(rows->size() == 1);
  CHECK(rows->front().cells == cells);
}

}  // namespace
}  // namespace oshirase

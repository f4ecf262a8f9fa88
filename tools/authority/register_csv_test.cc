#include "tools/authority/register_csv.h"

#include <catch2/catch.hpp>

#include "common/csv/csv.h"

namespace oshirase::authority {
namespace {

TEST_CASE("an entry is one row under its headings, and no cell begins a formula") {
  registry::v1::RegisterEntry entry;
  auto& details = *entry.mutable_venue()->mutable_details();
  details.set_name("=HYPERLINK(\"http://evil.example\")");
  details.set_kind("restaurant");
  details.set_postal_code("0600001");
  details.set_phone("+81-3-1234-5678");
  details.set_address("1行目\r\n@2行目");
  details.add_own_measures("-窓を開ける");
  entry.mutable_venue()->set_venue_code("0123456789ABCDEFG");

  const auto rows = ReadCsv(RegisterCsvHead() + RegisterCsvRow(entry));

  REQUIRE(rows.ok());
  REQUIRE(rows->size() == 2);
  const auto& heads = (*rows)[0].cells;
  const auto& cells = (*rows)[1].cells;
  REQUIRE(cells.size() == heads.size());
  CHECK(cells[1] == "'=HYPERLINK(\"http://evil.example\")");
  CHECK(cells[5] == "060-0001");
  CHECK(cells[8] == "'+81-3-1234-5678");
  CHECK(cells[12].empty());
  CHECK(cells[17] == "'-窓を開ける");
  for (const auto& cell : cells) {
    INFO(cell);
    CHECK((cell.empty() || std::string("=+-@\t\r").find(cell.front()) == std::string::npos));
    CHECK(cell.find("0123456789ABCDEFG") == std::string::npos);
  }
}

}  // namespace
}  // namespace oshirase::authority

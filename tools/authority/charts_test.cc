#include "tools/authority/charts.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"

namespace oshirase::authority {
namespace {

void Add(const std::string& key, int count,
         google::protobuf::RepeatedPtrField<registry::v1::RegisterCount>* counts) {
  auto* added = counts->Add();
  added->set_key(key);
  added->set_count(count);
}

TEST_CASE("counts have the words people know") {
  registry::v1::CountRegisterResponse counts;
  Add("restaurant", 3, counts.mutable_by_kind());
  Add("", 2, counts.mutable_by_municipality());
  Add("suspended", 1, counts.mutable_by_state());
  Add("2020-06", 3, counts.mutable_by_month());

  const auto charts = ChartsOf(counts);

  REQUIRE(charts.size() == 4);
  CHECK(charts[0].bars[0].label != "restaurant");
  CHECK(charts[1].bars[0].label == "（不明）");
  CHECK(charts[2].bars[0].label == "停止中");
  CHECK(charts[3].bars[0].label == "2020-06");
}

TEST_CASE("bars begin under each other and are as long as what they count") {
  const auto text = TerminalChart(
      {.title = "業種別", .bars = {{"飲食店", 320}, {"バー", 4}, {"ジム", 0}, {"ab", 1}}});

  std::string longest;
  for (int i = 0; i < 40; ++i) longest += "█";
  CHECK(text ==
        "業種別\n  飲食店  " + longest + " 320\n  バー    ▌ 4\n  ジム     0\n  ab      ▏ 1\n");
}

TEST_CASE("a name cannot reach beyond its label") {
  const auto text = TerminalChart(
      {.title = "x", .bars = {{"\x1b[2J\nとても長い市区町村の名前がここに入ります", 1}}});
  CHECK(absl::StrContains(text, "…"));
  CHECK_FALSE(absl::StrContains(text, "\x1b"));

  const auto svg =
      SvgCharts({{.title = "<b>", .bars = {{"\"></svg><script>alert(1)</script>", 1}}}});
  CHECK_FALSE(absl::StrContains(svg, "<script>"));
  CHECK_FALSE(absl::StrContains(svg, "<b>"));
}

TEST_CASE("a picture tells its numbers to those who cannot see it") {
  const auto svg = SvgCharts({{.title = "業種別", .bars = {{"飲食店", 12}}}});
  CHECK(absl::StrContains(svg, "<desc id=\"d\">業種別: 飲食店 12, </desc>"));
  CHECK(absl::StrContains(svg, "width=\"420\""));
  CHECK(absl::StrContains(SvgCharts({{.title = "空", .bars = {}}}), "</svg>"));
}

}  // namespace
}  // namespace oshirase::authority

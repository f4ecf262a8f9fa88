#include "tools/authority/charts.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "tools/authority/desk_text.h"
#include "tools/authority/industries.h"
#include "tools/authority/terminal_text.h"

namespace oshirase::authority {
namespace {

using Counts = google::protobuf::RepeatedPtrField<registry::v1::RegisterCount>;

constexpr int kBarColumns = 40;
constexpr int kMaxLabelColumns = 32;
// A block of eight eighths, and the parts of one.
constexpr std::array kEighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

// In the units of the picture.
constexpr int kWidth = 760;
constexpr int kLabelWidth = 240;
constexpr int kBarWidth = 420;
constexpr int kRow = 24;
constexpr int kHead = 48;
constexpr int kMargin = 16;

Chart ChartOf(const std::string& title, const Counts& counts,
              std::string (*label)(const std::string&)) {
  Chart chart{.title = title};
  for (const auto& count : counts) chart.bars.push_back({label(count.key()), count.count()});
  return chart;
}

int MostOf(const Chart& chart) {
  int most = 0;
  for (const auto& bar : chart.bars) most = std::max(most, bar.count);
  return most;
}

// The part of `length` that `count` is of `most`; what is counted is never invisible.
int LengthOf(int count, int most, int length) {
  if (count <= 0 || most <= 0) return 0;
  return std::max(1, static_cast<int>(int64_t{count} * length / most));
}

std::string Blocks(int eighths) {
  std::string blocks;
  for (int i = 0; i < eighths / 8; ++i) blocks += "█";
  return blocks + kEighths[static_cast<size_t>(eighths % 8)];
}

std::string Xml(const std::string& text) {
  return absl::StrReplaceAll(VisibleLine(text),
                             {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

// One line, cut where the bars begin.
std::string Label(const Bar& bar) {
  const auto line = VisibleLine(bar.label);
  return Fitted(line, std::min(Columns(line), kMaxLabelColumns));
}

// Draws one chart from `y` on and returns where the next may begin.
int DrawChart(const Chart& chart, int y, std::string& svg) {
  absl::StrAppend(&svg, "<text class=\"title\" x=\"", kMargin, "\" y=\"", y + kHead - 20, "\">",
                  Xml(chart.title), "</text>\n");
  y += kHead;
  const int most = MostOf(chart);
  for (const auto& bar : chart.bars) {
    const int length = LengthOf(bar.count, most, kBarWidth);
    absl::StrAppend(&svg, "<text class=\"label\" x=\"", kLabelWidth - 8, "\" y=\"", y + 15, "\">",
                    Xml(Label(bar)), "</text>\n");
    absl::StrAppend(&svg, "<rect x=\"", kLabelWidth, "\" y=\"", y + 3, "\" width=\"", length,
                    "\" height=\"", kRow - 8, "\"/>\n");
    absl::StrAppend(&svg, "<text x=\"", kLabelWidth + length + 6, "\" y=\"", y + 15, "\">",
                    bar.count, "</text>\n");
    y += kRow;
  }
  return y;
}

std::string Description(const std::vector<Chart>& charts) {
  std::string text;
  for (const auto& chart : charts) {
    absl::StrAppend(&text, Xml(chart.title), ": ");
    for (const auto& bar : chart.bars) absl::StrAppend(&text, Xml(bar.label), " ", bar.count, ", ");
  }
  return text;
}

}  // namespace

std::vector<Chart> ChartsOf(const registry::v1::CountRegisterResponse& counts) {
  const auto itself = [](const std::string& key) { return key; };
  return {ChartOf("業種別", counts.by_kind(), KindText),
          ChartOf("市区町村別", counts.by_municipality(),
                  [](const std::string& key) { return key.empty() ? "（不明）" : key; }),
          ChartOf("状態別", counts.by_state(), StateWordText),
          ChartOf("登録の月別", counts.by_month(), itself)};
}

std::string TerminalChart(const Chart& chart) {
  int columns = 0;
  for (const auto& bar : chart.bars) columns = std::max(columns, Columns(Label(bar)));
  const int most = MostOf(chart);
  std::string text = absl::StrCat(VisibleLine(chart.title), "\n");
  for (const auto& bar : chart.bars) {
    absl::StrAppend(&text, "  ", Fitted(Label(bar), columns), "  ",
                    Blocks(LengthOf(bar.count, most, kBarColumns * 8)), " ", bar.count, "\n");
  }
  return text;
}

std::string SvgCharts(const std::vector<Chart>& charts) {
  std::string drawn;
  int height = 0;
  for (const auto& chart : charts) height = DrawChart(chart, height, drawn);
  height += kMargin;
  return absl::StrFormat(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
      "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"t d\" xml:lang=\"ja\">\n"
      "<title id=\"t\">登録施設の数</title>\n<desc id=\"d\">%s</desc>\n"
      "<style>text{font:13px sans-serif;fill:#1a1a1c}.title{font-size:18px;font-weight:bold}"
      ".label{text-anchor:end}rect{fill:#0017c1}</style>\n"
      "<rect width=\"100%%\" height=\"100%%\" style=\"fill:#fff\"/>\n%s</svg>\n",
      kWidth, height, kWidth, height, Description(charts), drawn);
}

}  // namespace oshirase::authority

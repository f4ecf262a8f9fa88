#include "services/gateway/view/visit_chart.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/gateway/i18n/dates.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

// In the units of the picture, which scales with the page.
constexpr int kWidth = 360;
constexpr int kHeight = 200;
constexpr int kLeft = 36;   // Room for the numbers of the scale.
constexpr int kRight = 16;  // Room for half of the last date.
constexpr int kTop = 16;
constexpr int kBottom = 28;  // Room for the days.
constexpr int kPlot = kHeight - kTop - kBottom;
// A day is rounded to tens.
constexpr int kStep = 10;

// The smallest of 20, 50, 100, 200, 500, ... that `most` does not exceed.
int ScaleFor(int most) {
  int scale = 20;
  for (int i = 0; scale < most; ++i) scale = i % 3 == 0 ? scale / 2 * 5 : scale * 2;
  return scale;
}

std::string Roughly(int floor, const Words& words, Language language) {
  if (floor == 0) {
    return words.Format(language, "venue.visits_few", {{"max", absl::StrCat(kStep - 1)}});
  }
  return words.Format(language, "venue.visits_about",
                      {{"from", absl::StrCat(floor)}, {"to", absl::StrCat(floor + kStep - 1)}});
}

int YOf(int visits, int scale) { return kTop + kPlot - visits * kPlot / scale; }

data Lines(int scale) {
  data list(data::type::list);
  for (const int value : {0, scale / 2, scale}) {
    data line;
    line.set("y", absl::StrCat(YOf(value, scale)));
    line.set("text_y", absl::StrCat(YOf(value, scale) + 4));
    line.set("value", absl::StrCat(value));
    list.push_back(line);
  }
  return list;
}

}  // namespace

void AddVisitChart(const std::vector<DayCount>& days, const Words& words, Language language,
                   data& page) {
  page.set("any_days", !days.empty());
  if (days.empty()) return;
  int most = 0;
  for (const DayCount& day : days) most = std::max(most, day.visits_floor);
  const int scale = ScaleFor(most);
  const double slot =
      static_cast<double>(kWidth - kLeft - kRight) / static_cast<double>(days.size());
  data bars(data::type::list);
  data rows(data::type::list);
  for (size_t i = 0; i < days.size(); ++i) {
    const DayCount& day = days[i];
    const bool today = i + 1 == days.size();
    const double x = kLeft + slot * static_cast<double>(i);
    const int top = YOf(day.visits_floor, scale);
    data bar;
    bar.set("x", absl::StrFormat("%.1f", x + slot * 0.15));
    bar.set("width", absl::StrFormat("%.1f", slot * 0.7));
    bar.set("y", absl::StrCat(top));
    bar.set("height", absl::StrCat(kTop + kPlot - top));
    bar.set("today", today);
    // Each week's first, from today back, has its date.
    bar.set("has_date", (days.size() - 1 - i) % 7 == 0);
    bar.set("date_x", absl::StrFormat("%.1f", x + slot * 0.5));
    bar.set("date", FormatDay(day.day).substr(5));
    bars.push_back(bar);
    data row;
    row.set("date", DateOnly(language, StartOf(day.day)));
    row.set("today", today);
    row.set("visits", Roughly(day.visits_floor, words, language));
    rows.push_back(row);
  }
  page.set("view_box", absl::StrCat("0 0 ", kWidth, " ", kHeight));
  page.set("left", absl::StrCat(kLeft));
  page.set("right", absl::StrCat(kWidth));
  page.set("scale_x", absl::StrCat(kLeft - 8));
  page.set("date_y", absl::StrCat(kHeight - 8));
  page.set("lines", Lines(scale));
  page.set("bars", bars);
  page.set("rows", rows);
  page.set("first_day", DateOnly(language, StartOf(days.front().day)));
  page.set("last_day", DateOnly(language, StartOf(days.back().day)));
  page.set("most", Roughly(most, words, language));
}

}  // namespace oshirase::gateway

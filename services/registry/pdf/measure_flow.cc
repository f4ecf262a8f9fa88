#include "services/registry/pdf/measure_flow.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "absl/strings/str_cat.h"

namespace oshirase::registry::pdf {
namespace {

constexpr char kBadge[] = "New!";

// In parts of the letters' size.
constexpr double kIndent = 1.55;       // of a measure's text, for the check box
constexpr double kBoxSize = 0.92;      // of the check box
constexpr double kBadgeInset = 0.3;    // at both ends of a badge
constexpr double kMeasureGap = 0.28;   // above a measure
constexpr double kFirstGap = 0.55;     // above a group's first measure, for the rule
constexpr double kGroupGap = 1.0;      // above a heading
constexpr double kMostStretch = 0.75;  // added to each gap on a page with room
constexpr double kColumnGap = 20;      // points

// One page: the first that fits. Smaller letters are not read on a door.
struct Choice {
  double size;
  int columns;
};
constexpr Choice kOnePage[] = {{19, 1},   {17.5, 1}, {16, 1},  {15, 1},   {14, 1},
                               {13, 1},   {12.5, 2}, {12, 2},  {11.5, 2}, {11, 2},
                               {10.5, 2}, {10, 2},   {9.5, 2}, {9, 2},    {8.5, 2}};
// Up to this many measures, the promise of one page is worth the smallest letters.
constexpr size_t kPromised = 30;
constexpr Choice kSmallest = {8, 2};
constexpr Choice kMorePages[] = {{11, 2}, {10.5, 2}, {10, 2}, {9.5, 2}, {9, 2}};

TextStyle MeasureStyle(double size) { return {.size = size, .color = kInk, .leading = 1.25}; }

TextStyle HeadingStyle(double size) {
  return {.size = size, .bold = true, .color = kIndigo, .leading = 1.25};
}

// A square with a tick through it, as by hand.
void DrawCheckBox(cairo_t* context, double x, double middle, double size) {
  const double side = kBoxSize * size;
  const double top = middle - side / 2;
  cairo_save(context);
  cairo_set_line_width(context, size * 0.07);
  SetColor(context, kIndigo);
  RoundedRectangle(context, {x, top, side, side}, side * 0.16);
  cairo_stroke(context);
  cairo_set_line_width(context, size * 0.15);
  cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to(context, x + side * 0.22, top + side * 0.50);
  cairo_line_to(context, x + side * 0.44, top + side * 0.74);
  cairo_line_to(context, x + side * 0.86, top + side * 0.18);
  cairo_stroke(context);
  cairo_restore(context);
}

}  // namespace

MeasureFlow::MeasureFlow(Typesetter& typesetter, const std::vector<MeasureGroup>& groups,
                         const Pages& pages)
    : typesetter_(typesetter), groups_(groups), areas_(pages) {
  MeasureWidths(groups);
  for (const auto& [size, columns] : kOnePage) {
    if (LeastHeight({size, columns}) > columns * areas_.first.height) continue;
    if (Arrange({size, columns}, 1)) return;
  }
  if (widths_.size() <= kPromised && Arrange({kSmallest.size, kSmallest.columns}, 1)) return;
  for (int page_count = 2;; ++page_count) {
    for (const auto& [size, columns] : kMorePages) {
      const double room = areas_.first.height + (page_count - 1) * areas_.further.height;
      if (LeastHeight({size, columns}) > columns * room) continue;
      if (Arrange({size, columns}, page_count)) return;
    }
  }
}

double MeasureFlow::ColumnWidth(const Setting& setting) const {
  return (areas_.first.width - (setting.columns - 1) * kColumnGap) / setting.columns;
}

void MeasureFlow::MeasureWidths(const std::vector<MeasureGroup>& groups) {
  constexpr double kSize = 10;
  for (const MeasureGroup& group : groups) {
    for (const MeasureLine& line : group.lines) {
      const auto block = typesetter_.Set(line.text, MeasureStyle(kSize), 1e5);
      widths_.push_back(block.width() / kSize);
    }
  }
}

// No setting takes less than this: it saves setting text that cannot fit.
double MeasureFlow::LeastHeight(const Setting& setting) const {
  const double width = ColumnWidth(setting) - kIndent * setting.size;
  double lines = 0;
  for (const double natural : widths_) {
    lines += std::max(1.0, std::ceil(natural * setting.size / width));
  }
  const double gaps = kMeasureGap * static_cast<double>(widths_.size()) +
                      kFirstGap * static_cast<double>(groups_.size());
  return setting.size * (lines + gaps);
}

bool MeasureFlow::Arrange(const Setting& setting, int page_count) {
  SetPieces(setting);
  pages_.clear();
  size_t next = 0;
  for (int page = 0; page < page_count; ++page) {
    const double height = AreaOf(page).height;
    if (page == page_count - 1 && setting.columns == 2) {
      if (Page balanced = Balance(next, height); !balanced.empty()) {
        pages_.push_back(std::move(balanced));
        return true;
      }
      return false;
    }
    Page& columns = pages_.emplace_back();
    for (int i = 0; i < setting.columns; ++i) {
      size_t last = Fill(next, height);
      // A piece taller than a page stands alone on one.
      if (last == next && page > 0 && next < pieces_.size()) ++last;
      columns.push_back({next, last});
      next = last;
    }
  }
  return next == pieces_.size();
}

void MeasureFlow::SetPieces(const Setting& setting) {
  if (setting.size == setting_.size && setting.columns == setting_.columns) return;
  setting_ = setting;
  pieces_.clear();
  const double size = setting.size;
  const double width = ColumnWidth(setting);
  heading_heights_.assign(groups_.size(), 0);
  for (size_t number = 0; number < groups_.size(); ++number) {
    const MeasureGroup& group = groups_[number];
    if (group.lines.empty()) continue;
    if (!group.name.empty()) {
      const auto& heading = pieces_.emplace_back(
          Piece{.block = typesetter_.Set(group.name, HeadingStyle(size), width),
                .group = number,
                .is_heading = true,
                .gap_before = kGroupGap * size});
      heading_heights_[number] = heading.block.height();
    }
    double gap = kFirstGap * size;
    for (const MeasureLine& line : group.lines) {
      const double text_width = width - kIndent * size;
      pieces_.push_back({.block = line.is_new
                                      ? typesetter_.SetWithBadge(line.text, kBadge,
                                                                 MeasureStyle(size), text_width)
                                      : typesetter_.Set(line.text, MeasureStyle(size), text_width),
                         .group = number,
                         .gap_before = gap});
      gap = kMeasureGap * size;
    }
  }
}

double MeasureFlow::RepeatedHeading(size_t first) const {
  if (first == 0 || first >= pieces_.size() || pieces_[first].is_heading) return 0;
  const double height = heading_heights_[pieces_[first].group];
  return height > 0 ? height + kFirstGap * setting_.size : 0;
}

double MeasureFlow::HeightOf(const Column& column) const {
  double height = RepeatedHeading(column.first);
  for (size_t i = column.first; i < column.last; ++i) {
    height += pieces_[i].block.height() + (i == column.first ? 0 : pieces_[i].gap_before);
  }
  return height;
}

// How far a column of `height` goes. A heading is never its last piece.
size_t MeasureFlow::Fill(size_t first, double height) const {
  size_t last = first;
  double used = RepeatedHeading(first);
  while (last < pieces_.size()) {
    used += pieces_[last].block.height() + (last == first ? 0 : pieces_[last].gap_before);
    if (used > height) break;
    ++last;
  }
  if (last < pieces_.size() && last > first && pieces_[last - 1].is_heading) --last;
  return last;
}

// The rest in two columns of about one length, preferably without parting a group. None when it
// does not fit.
MeasureFlow::Page MeasureFlow::Balance(size_t first, double height) const {
  const double parting_cost = 8 * setting_.size;
  double best_cost = std::numeric_limits<double>::infinity();
  Page best;
  for (size_t middle = first; middle <= pieces_.size(); ++middle) {
    if (middle > first && pieces_[middle - 1].is_heading) continue;
    const Column left = {first, middle};
    const Column right = {middle, pieces_.size()};
    const double longer = std::max(HeightOf(left), HeightOf(right));
    if (longer > height) continue;
    const bool parts = middle < pieces_.size() && !pieces_[middle].is_heading;
    const double cost = longer + (parts ? parting_cost : 0);
    if (cost >= best_cost) continue;
    best_cost = cost;
    best = {left, right};
  }
  return best;
}

double MeasureFlow::GapsOf(const Column& column) {
  return column.last > column.first ? static_cast<double>(column.last - column.first - 1) : 0;
}

void MeasureFlow::Draw(Canvas& canvas, int page) const {
  const Page& columns = pages_[static_cast<size_t>(page)];
  Box area = AreaOf(page);
  area.width = ColumnWidth(setting_);
  // A single column stands in the middle, as the heading above it does.
  if (setting_.columns == 1) {
    double used = 0.6 * area.width;
    for (const Piece& piece : pieces_) {
      used = std::max(used, piece.block.width() +
                                (piece.is_heading ? 0 : (kIndent + kBadgeInset) * setting_.size));
    }
    used = std::min(used, area.width);
    area.x += (area.width - used) / 2;
    area.width = used;
  }
  double stretch = kMostStretch * setting_.size;
  for (const Column& column : columns) {
    const double room = std::max(0.0, area.height - HeightOf(column));
    if (GapsOf(column) > 0) stretch = std::min(stretch, room / GapsOf(column));
  }
  double longest = 0;
  for (const Column& column : columns) {
    longest = std::max(longest, HeightOf(column) + GapsOf(column) * stretch);
  }
  // What is left goes above and below, more below.
  if (page_count() == 1) area.y += 0.38 * std::max(0.0, area.height - longest);
  for (const Column& column : columns) {
    DrawColumn(canvas, column, area, stretch);
    area.x += area.width + kColumnGap;
  }
}

void MeasureFlow::DrawColumn(Canvas& canvas, const Column& column, const Box& area,
                             double stretch) const {
  double y = area.y;
  if (RepeatedHeading(column.first) > 0) {
    const auto heading = typesetter_.SetToFit(
        absl::StrCat(groups_[pieces_[column.first].group].name, "(つづき)"),
        HeadingStyle(setting_.size), area.width, {.smallest = setting_.size / 2});
    DrawHeading(canvas, heading, {area.x, y, area.width});
    y += RepeatedHeading(column.first);
  }
  std::optional<Canvas::Element> list;
  for (size_t i = column.first; i < column.last; ++i) {
    const Piece& piece = pieces_[i];
    if (i > column.first) y += piece.gap_before + stretch;
    if (piece.is_heading) {
      list.reset();
      DrawHeading(canvas, piece.block, {area.x, y, area.width});
    } else {
      if (!list) list.emplace(canvas.Open({.type = "L"}));
      DrawMeasure(canvas, piece, area.x, y);
    }
    y += piece.block.height();
  }
}

void MeasureFlow::DrawHeading(Canvas& canvas, const TextBlock& heading, const Area& area) const {
  canvas.Draw(heading, {.type = "H2"}, area.x, area.y);
  const double rule = area.y + heading.height() + 0.18 * setting_.size;
  Rule(canvas.context(), {area.x, rule, area.width}, kRule, 0.6);
}

void MeasureFlow::DrawMeasure(Canvas& canvas, const Piece& piece, double x, double y) const {
  const double size = setting_.size;
  const double text_x = x + kIndent * size;
  DrawCheckBox(canvas.context(), x + 0.1 * size, y + piece.block.first_middle(), size);
  if (const auto badge = piece.block.badge()) {
    const double height = 1.02 * size;
    const double middle = y + badge->y + badge->height / 2;
    FillBox(canvas.context(),
            {text_x + badge->x - kBadgeInset * size, middle - height / 2,
             badge->width + 2 * kBadgeInset * size, height},
            kScarlet, height / 2);
  }
  canvas.Draw(piece.block, {.type = "LI"}, text_x, y);
}

}  // namespace oshirase::registry::pdf

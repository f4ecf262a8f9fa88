#include "services/registry/pdf/text_block.h"

#include <utility>

namespace oshirase::registry::pdf {
namespace {

double Points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

}  // namespace

TextBlock::TextBlock(ObjectHandle<PangoLayout> layout, const Setting& setting)
    : layout_(std::move(layout)), setting_(setting) {
  PangoRectangle logical;
  pango_layout_get_extents(layout_.get(), nullptr, &logical);
  height_ = Points(logical.height);
  width_ = Points(logical.width);
}

int TextBlock::line_count() const { return pango_layout_get_line_count(layout_.get()); }

double TextBlock::first_middle() const {
  // Kanji reach from 0.12 of their size below the baseline to 0.88 above.
  const double size =
      Points(pango_font_description_get_size(pango_layout_get_font_description(layout_.get())));
  return Points(pango_layout_get_baseline(layout_.get())) - 0.38 * size;
}

std::optional<Box> TextBlock::badge() const {
  if (setting_.badge_index < 0) return std::nullopt;
  PangoRectangle first;
  PangoRectangle last;
  const int end =
      static_cast<int>(std::char_traits<char>::length(pango_layout_get_text(layout_.get())));
  pango_layout_index_to_pos(layout_.get(), setting_.badge_index, &first);
  pango_layout_index_to_pos(layout_.get(), end - 1, &last);
  return Box{.x = setting_.indent + Points(first.x),
             .y = Points(first.y),
             .width = Points(last.x + last.width - first.x),
             .height = Points(first.height)};
}

void TextBlock::Draw(cairo_t* context, double x, double y) const {
  const Color& color = setting_.color;
  cairo_set_source_rgb(context, color.red, color.green, color.blue);
  cairo_move_to(context, x + setting_.indent, y);
  pango_cairo_show_layout(context, layout_.get());
}

}  // namespace oshirase::registry::pdf

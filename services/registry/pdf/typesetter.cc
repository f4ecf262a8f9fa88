#include "services/registry/pdf/typesetter.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "services/registry/pdf/phrase_breaks.h"

namespace oshirase::registry::pdf {
namespace {

constexpr int kShortestLastLine = 3;  // characters
// Forgotten beyond this, so that names of the whole register do not pile up.
constexpr size_t kMostRemembered = 4096;
constexpr char kNoBreakSpace[] = "\u00a0";

int Units(double points) { return static_cast<int>(points * PANGO_SCALE); }

// How many characters of the first `text_bytes` bytes stand in the last line.
int LastLineLength(PangoLayout* layout, int text_bytes) {
  const int last = pango_layout_get_line_count(layout) - 1;
  const int start = pango_layout_get_line_readonly(layout, last)->start_index;
  const char* text = pango_layout_get_text(layout);
  int attribute_count = 0;
  const PangoLogAttr* attributes = pango_layout_get_log_attrs_readonly(layout, &attribute_count);
  const auto from = g_utf8_pointer_to_offset(text, text + start);
  const auto to = g_utf8_pointer_to_offset(text, text + std::max(start, text_bytes));
  int length = 0;
  for (auto i = from; i < to; ++i) length += attributes[i].is_cursor_position ? 1 : 0;
  return length;
}

// Sets the narrowest width, within half a point, that needs no more lines than `width`; returns it.
double NarrowestWidth(PangoLayout* layout, double width) {
  const int lines = pango_layout_get_line_count(layout);
  double fits = width;
  double too_narrow = width / 2;
  while (fits - too_narrow > 0.5) {
    const double middle = (fits + too_narrow) / 2;
    pango_layout_set_width(layout, Units(middle));
    (pango_layout_get_line_count(layout) <= lines ? fits : too_narrow) = middle;
  }
  pango_layout_set_width(layout, Units(fits));
  return fits;
}

struct LastLine {
  double step = 0;  // points to narrow the lines by, each time
  int text_bytes = 0;
};

// Narrows the lines until the last one is long enough, and returns their width. Leaves them as they
// are where that would take a further line, which for text of more than a few characters it does
// not.
double LengthenLastLine(PangoLayout* layout, double width, const LastLine& last) {
  const int lines = pango_layout_get_line_count(layout);
  double narrower = width;
  while (LastLineLength(layout, last.text_bytes) < kShortestLastLine) {
    narrower -= last.step;
    pango_layout_set_width(layout, Units(narrower));
    if (narrower < width / 2 || pango_layout_get_line_count(layout) > lines) {
      pango_layout_set_width(layout, Units(width));
      return width;
    }
  }
  return narrower;
}

AttributesHandle BaseAttributes(const std::string& text, const TextStyle& style) {
  AttributesHandle attributes(pango_attr_list_new());
  if (style.script == Script::kJapanese) {
    const auto unbroken_parts =
        style.parting == Parting::kSpaces ? UnbrokenWords(text) : UnbrokenPhrases(text);
    for (const auto& [start, end] : unbroken_parts) {
      PangoAttribute* unbroken = pango_attr_allow_breaks_new(FALSE);
      unbroken->start_index = static_cast<guint>(start);
      unbroken->end_index = static_cast<guint>(end);
      pango_attr_list_insert(attributes.get(), unbroken);
    }
  }
  if (style.tracking != 0) {
    pango_attr_list_insert(attributes.get(), pango_attr_letter_spacing_new(Units(style.tracking)));
  }
  return attributes;
}

void InsertFrom(PangoAttrList* list, PangoAttribute* attribute, int start) {
  attribute->start_index = static_cast<guint>(start);
  pango_attr_list_insert(list, attribute);
}

}  // namespace

Typesetter::Typesetter() : font_map_(pango_cairo_font_map_new()) {
  // A point is a point: sizes are those of the page, not of a screen.
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(font_map_.get()), 72);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  for (const Script script : {Script::kJapanese, Script::kSimplifiedChinese, Script::kKorean}) {
    PangoContext* context = pango_font_map_create_context(font_map_.get());
    contexts_[static_cast<size_t>(script)].reset(context);
    pango_cairo_context_set_font_options(context, options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(LanguageOf(script)));
  }
  cairo_font_options_destroy(options);
}

ObjectHandle<PangoLayout> Typesetter::Shape(const std::string& text, const TextStyle& style) const {
  PangoContext* context = contexts_[static_cast<size_t>(style.script)].get();
  ObjectHandle<PangoLayout> layout(pango_layout_new(context));
  const FontDescriptionHandle font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), FamiliesOf(style.script));
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_size(font.get(), Units(style.size));
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  // Sheets are read from the left; a name in Hebrew or Arabic keeps its place.
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout.get(), static_cast<float>(style.leading));
  const PangoAlignment alignments[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
  pango_layout_set_alignment(layout.get(), alignments[static_cast<int>(style.align)]);
  return layout;
}

TextBlock Typesetter::Set(const std::string& text, const TextStyle& style, double width) {
  const std::string key = BlockCache::KeyOf(text, style, width);
  if (auto known = blocks_.Find(key)) return *std::move(known);
  auto block = Compose(text, style, width);
  if (!missing_glyph_) blocks_.Keep(key, block);
  return block;
}

TextBlock Typesetter::SetWithBadge(const std::string& text, const std::string& badge,
                                   const TextStyle& style, double width) {
  // Printable text holds no NUL.
  const std::string key = BlockCache::KeyOf(text + '\0' + badge, style, width);
  if (auto known = blocks_.Find(key)) return *std::move(known);
  auto block = ComposeWithBadge(text, badge, style, width);
  if (!missing_glyph_) blocks_.Keep(key, block);
  return block;
}

TextBlock Typesetter::Compose(const std::string& text, const TextStyle& style, double width) {
  auto layout = Shape(text, style);
  pango_layout_set_attributes(layout.get(), BaseAttributes(text, style).get());
  const int bytes = static_cast<int>(text.size());
  return Finish(std::move(layout), style, {.width = width, .text_bytes = bytes});
}

TextBlock Typesetter::ComposeWithBadge(const std::string& text, const std::string& badge,
                                       const TextStyle& style, double width) {
  // Spaces without a break keep the badge beside the last character, and room around its letters.
  const std::string gap = std::string(kNoBreakSpace) + kNoBreakSpace;
  auto layout = Shape(text + gap + badge, style);
  const int text_bytes = static_cast<int>(text.size());
  const int badge_start = static_cast<int>(text.size() + gap.size());
  auto attributes = BaseAttributes(text, style);
  InsertFrom(attributes.get(), pango_attr_weight_new(PANGO_WEIGHT_BOLD), badge_start);
  InsertFrom(attributes.get(), pango_attr_scale_new(0.78), badge_start);
  InsertFrom(attributes.get(), pango_attr_rise_new(Units(style.size * 0.08)), badge_start);
  InsertFrom(attributes.get(), pango_attr_foreground_new(0xffff, 0xffff, 0xffff), badge_start);
  pango_layout_set_attributes(layout.get(), attributes.get());
  return Finish(std::move(layout), style,
                {.width = width, .text_bytes = text_bytes, .badge_index = badge_start});
}

TextBlock Typesetter::Finish(ObjectHandle<PangoLayout> layout, const TextStyle& style,
                             const Extent& extent) {
  double width = extent.width;
  pango_layout_set_width(layout.get(), Units(width));
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) missing_glyph_ = true;
  if (pango_layout_get_line_count(layout.get()) > 1) {
    if (style.balanced) width = NarrowestWidth(layout.get(), width);
    width = LengthenLastLine(layout.get(), width, {style.size / 2, extent.text_bytes});
  }
  const double room = extent.width - width;
  const double indents[] = {0, room / 2, room};
  const TextBlock::Setting setting = {
      .color = style.color,
      .indent = indents[static_cast<int>(style.align)],
      .badge_index = extent.badge_index,
      .last_line_length = LastLineLength(layout.get(), extent.text_bytes)};
  return {std::move(layout), setting};
}

TextBlock Typesetter::SetToFit(const std::string& text, TextStyle style, double width, Fit fit) {
  for (;;) {
    auto block = Set(text, style, width);
    if ((block.line_count() <= fit.lines && block.width() <= width) || style.size <= fit.smallest)
      return block;
    // Widths grow with the size: where the whole text needs half as much room again, so do lines.
    const double needed =
        std::max({1.01, block.line_count() / (fit.lines + 1.0), block.width() / width});
    style.size = std::max(fit.smallest, std::floor(2 * style.size / needed) / 2);
  }
}

bool Typesetter::CanDraw(const std::string& grapheme) {
  if (const auto known = can_draw_.find(grapheme); known != can_draw_.end()) return known->second;
  const auto layout = Shape(grapheme, {});
  const bool can = pango_layout_get_unknown_glyphs_count(layout.get()) == 0;
  if (can_draw_.size() >= kMostRemembered) can_draw_.clear();
  can_draw_.emplace(grapheme, can);
  return can;
}

bool Typesetter::TakeMissingGlyph() { return std::exchange(missing_glyph_, false); }

}  // namespace oshirase::registry::pdf

#include "services/registry/pdf/check_in_sheets.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"

namespace oshirase::registry::pdf {

double WritePhrase(Canvas& canvas, const Phrase& phrase, TextStyle style, const Area& area) {
  style.script = phrase.script;
  return Write(canvas, phrase.text, style, area, {.type = "P", .language = phrase.language});
}

double WriteTranslations(Canvas& canvas, const Phrases& phrases, const TextStyle& style,
                         const Area& area) {
  double y = area.y;
  for (size_t i = 1; i < phrases.size(); ++i) {
    y = WritePhrase(canvas, phrases[i], style, {area.x, y, area.width}) + style.size * 0.2;
  }
  return y;
}

double WriteTranslationsInLine(Canvas& canvas, const Phrases& phrases, const TextStyle& style,
                               const Area& area) {
  std::vector<TextBlock> blocks;
  const double gap = style.size * 1.6;
  double width = -gap;
  double height = 0;
  TextStyle left = style;
  left.align = Align::kLeft;
  for (size_t i = 1; i < phrases.size(); ++i) {
    left.script = phrases[i].script;
    const auto& block = blocks.emplace_back(canvas.type().Set(phrases[i].text, left, 1e4));
    width += block.width() + gap;
    height = std::max(height, block.height());
  }
  if (width > area.width) {
    TextStyle smaller = style;
    smaller.size = std::min(style.size - 0.25, style.size * area.width / width);
    return WriteTranslationsInLine(canvas, phrases, smaller, area);
  }
  double x = area.x + (style.align == Align::kCenter ? (area.width - width) / 2 : 0);
  for (size_t i = 0; i < blocks.size(); ++i) {
    canvas.Draw(blocks[i], {.type = "P", .language = phrases[i + 1].language}, x,
                area.y + height / 2 - blocks[i].height() / 2);
    x += blocks[i].width() + gap;
  }
  return area.y + height;
}

void DrawStepNumber(Canvas& canvas, int number, double center_x, double center_y, double radius) {
  cairo_new_path(canvas.context());
  cairo_arc(canvas.context(), center_x, center_y, radius, 0, 2 * M_PI);
  SetColor(canvas.context(), kIndigo);
  cairo_fill(canvas.context());
  const auto digit = canvas.type().Set(
      absl::StrCat(number),
      {.size = radius * 1.3, .bold = true, .color = kWhite, .align = Align::kCenter}, 4 * radius);
  canvas.Draw(digit, {.type = "P"}, center_x - 2 * radius, center_y - digit.first_middle());
}

void WriteImprint(Canvas& canvas, const CheckInSheet& sheet, const Area& area, double size) {
  std::string who = sheet.prefecture_name;
  if (!sheet.consultation.empty()) absl::StrAppend(&who, "  ご相談 ", sheet.consultation);
  const TextStyle style = {.size = size, .color = kInk, .align = Align::kCenter};
  const auto line = canvas.type().SetToFit(who, style, area.width, {.smallest = size * 0.6});
  canvas.Draw(line, {.type = "P"}, area.x, area.y);
  Write(canvas, "QRコードは株式会社デンソーウェーブの登録商標です。",
        {.size = 6.5, .color = kQuiet, .align = Align::kCenter},
        {area.x, area.y + line.height() + size * 0.3, area.width});
}

}  // namespace oshirase::registry::pdf

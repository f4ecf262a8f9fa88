#include <cmath>

#include "common/status/macros.h"
#include "services/registry/pdf/check_in_sheets.h"
#include "services/registry/pdf/name_block.h"
#include "services/registry/pdf/sheets.h"

namespace oshirase::registry::pdf {
namespace {

constexpr double kFold = kPageHeight / 2;
constexpr double kLeft = Millimetres(14);
constexpr double kWidth = kPageWidth - 2 * kLeft;
constexpr double kQrArea = Millimetres(82);
constexpr double kQrWidth = Millimetres(62);

void DrawSteps(Canvas& canvas, const Area& area) {
  double y = area.y;
  for (int step = 0; step < 3; ++step) {
    const auto& phrases = kSteps[static_cast<size_t>(step)];
    DrawStepNumber(canvas, step + 1, area.x + 9, y + 8, 9);
    const Area text = {area.x + 25, y, area.width - 25};
    y = WritePhrase(canvas, phrases[0], {.size = 13, .bold = true, .color = kInk, .leading = 1.2},
                    text);
    y = WriteTranslations(canvas, phrases, {.size = 8.5, .color = kInk, .leading = 1.1},
                          {text.x, y + 3, text.width}) +
        7;
  }
}

// One side, on the lower half of the page.
absl::Status DrawSide(Canvas& canvas, const CheckInSheet& sheet) {
  double y =
      Write(canvas, kTitle,
            {.size = 27, .bold = true, .color = kIndigo, .align = Align::kCenter, .tracking = 1},
            {kLeft, kFold + Millimetres(10), kWidth}, {.type = "H1"});
  y = WritePhrase(canvas, kEveryVisit[0],
                  {.size = 13, .bold = true, .color = kInk, .align = Align::kCenter},
                  {kLeft, y + 4, kWidth});
  y = WriteTranslationsInLine(canvas, kEveryVisit,
                              {.size = 9.5, .color = kInk, .align = Align::kCenter},
                              {kLeft, y + 3, kWidth});
  y += 7;
  Rule(canvas.context(), {kLeft, y, kWidth}, kIndigo, 1.2);
  y += 10;
  if (sheet.drill) DrawDrillMark(canvas, kLeft + 24, kFold + Millimetres(11), 11);

  double qr_end = 0;
  RETURN_IF_ERROR(DrawCheckIn(canvas, sheet.check_in,
                              {.symbol_width = kQrWidth, .code_size = 10.5, .address_size = 6.5},
                              {kLeft, y - 6, kQrArea}, &qr_end));
  const Area words = {kLeft + kQrArea + 10, y, kWidth - kQrArea - 10};
  const auto name =
      SetName(canvas.type(), sheet.venue_name, {.size = 18, .color = kInk, .align = Align::kLeft},
              words.width, {.one_line = 13, .two_lines = 10, .smallest = 6});
  canvas.Draw(name, {.type = "H2"}, words.x, words.y);
  y += name.height();
  if (!sheet.event_dates.empty()) {
    y = Write(canvas, sheet.event_dates, {.size = 9, .color = kInk}, {words.x, y + 3, words.width});
  }
  Rule(canvas.context(), {words.x, y + 7, words.width}, kRule, 0.8);
  DrawSteps(canvas, {words.x, y + 16, words.width});
  y = WritePhrase(canvas, kPrivacy[0],
                  {.size = 10, .bold = true, .color = kIndigo, .align = Align::kCenter},
                  {kLeft, kFold + Millimetres(123.5), kWidth});
  y = WriteTranslationsInLine(canvas, kPrivacy, {.size = 7, .color = kInk, .align = Align::kCenter},
                              {kLeft, y + 2, kWidth});
  WriteImprint(canvas, sheet, {kLeft, y + 3, kWidth}, 8);
  return absl::OkStatus();
}

void DrawFold(Canvas& canvas) {
  cairo_t* context = canvas.context();
  cairo_save(context);
  const double dashes[] = {4, 3};
  cairo_set_dash(context, dashes, 2, 0);
  Rule(context, {Millimetres(5), kFold, kPageWidth - Millimetres(10)}, kRule, 0.6);
  cairo_restore(context);
  Write(canvas, "折る", {.size = 6.5, .color = kQuiet}, {Millimetres(6), kFold + 2, 60});
}

}  // namespace

absl::Status DrawTableTent(Canvas& canvas, const CheckInSheet& sheet) {
  RETURN_IF_ERROR(DrawSide(canvas, sheet));
  cairo_save(canvas.context());
  // Folded, the upper half stands on its head.
  cairo_translate(canvas.context(), kPageWidth, kPageHeight);
  cairo_rotate(canvas.context(), M_PI);
  const auto status = DrawSide(canvas, sheet);
  cairo_restore(canvas.context());
  DrawFold(canvas);
  return status;
}

}  // namespace oshirase::registry::pdf

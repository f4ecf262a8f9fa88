#include "services/registry/pdf/drawing.h"

#include <cmath>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/registry/pdf/errors.h"

namespace oshirase::registry::pdf {

double Write(Canvas& canvas, const std::string& text, const TextStyle& style, const Area& area,
             const StructureElement& element) {
  const auto block = canvas.type().Set(text, style, area.width);
  canvas.Draw(block, element, area.x, area.y);
  return area.y + block.height();
}

void SetColor(cairo_t* context, const Color& color) {
  cairo_set_source_rgb(context, color.red, color.green, color.blue);
}

void RoundedRectangle(cairo_t* context, const Box& box, double radius) {
  const double right = box.x + box.width - radius;
  const double bottom = box.y + box.height - radius;
  const double left = box.x + radius;
  const double top = box.y + radius;
  cairo_new_sub_path(context);
  cairo_arc(context, right, top, radius, -M_PI / 2, 0);
  cairo_arc(context, right, bottom, radius, 0, M_PI / 2);
  cairo_arc(context, left, bottom, radius, M_PI / 2, M_PI);
  cairo_arc(context, left, top, radius, M_PI, 3 * M_PI / 2);
  cairo_close_path(context);
}

void FillBox(cairo_t* context, const Box& box, const Color& color, double radius) {
  SetColor(context, color);
  if (radius > 0) {
    RoundedRectangle(context, box, radius);
  } else {
    cairo_rectangle(context, box.x, box.y, box.width, box.height);
  }
  cairo_fill(context);
}

void StrokeBox(cairo_t* context, const Box& box, const Color& color, double line_width) {
  SetColor(context, color);
  cairo_set_line_width(context, line_width);
  cairo_rectangle(context, box.x, box.y, box.width, box.height);
  cairo_stroke(context);
}

void Rule(cairo_t* context, const Area& area, const Color& color, double line_width) {
  SetColor(context, color);
  cairo_set_line_width(context, line_width);
  cairo_move_to(context, area.x, area.y);
  cairo_rel_line_to(context, area.width, 0);
  cairo_stroke(context);
}

absl::Status DrawQr(Canvas& canvas, const QrFigure& figure, double center_x, double y,
                    double* bottom) {
  const auto symbol = qr::Encode(figure.url, figure.recovery);
  if (!symbol.ok()) return TextTooLong("the QR's address");
  const double side = QrSide(*symbol, figure.symbol_width);
  const double x = std::round(center_x - side / 2);
  y = std::round(y);
  const auto open = canvas.Open({.type = "Figure", .alternative = figure.alternative});
  DrawQrSymbol(canvas.context(), *symbol, x, y, side);
  *bottom = y + side;
  return absl::OkStatus();
}

absl::Status DrawCheckIn(Canvas& canvas, const CheckInCode& code, const CheckInFigure& figure,
                         const Area& area, double* bottom) {
  const double center = area.x + area.width / 2;
  double y = 0;
  RETURN_IF_ERROR(
      DrawQr(canvas,
             {.url = code.url,
              .alternative = absl::StrCat("来店を登録するQRコード。LINEで開きます。施設コード ",
                                          ids::FormatVenueCode(code.code)),
              .recovery = figure.recovery,
              .symbol_width = figure.symbol_width},
             center, area.y, &y));
  // The quiet zone is white already: a whole line's distance would be too much.
  const auto printed = canvas.type().SetToFit(ids::FormatVenueCode(code.code),
                                              {.size = figure.code_size,
                                               .bold = true,
                                               .color = kInk,
                                               .align = Align::kCenter,
                                               .tracking = figure.code_size * 0.04},
                                              area.width, {.smallest = figure.code_size * 0.7});
  // The quiet zone is white already: a whole line's distance would be too much.
  y -= figure.code_size * 0.3;
  canvas.Draw(printed, {.type = "P"}, area.x, y);
  y += printed.height() + figure.code_size * 0.15;
  const auto address = canvas.type().SetToFit(
      code.page_url,
      {.size = figure.address_size, .color = kQuiet, .align = Align::kCenter, .leading = 1.1},
      area.width, {.smallest = figure.address_size * 0.8, .lines = 1});
  canvas.Draw(address, {.type = "P"}, area.x, y);
  *bottom = y + address.height();
  return absl::OkStatus();
}

void DrawDrillMark(Canvas& canvas, double center_x, double y, double size) {
  const auto text = canvas.type().Set(
      "訓練用", {.size = size, .bold = true, .color = kWhite, .tracking = size * 0.2}, 40 * size);
  const double width = text.width() + 2 * size;
  const double height = size * 1.6;
  FillBox(canvas.context(), {center_x - width / 2, y, width, height}, kScarlet, size * 0.2);
  canvas.Draw(text, {.type = "P"}, center_x - text.width() / 2 + size * 0.1,
              y + height / 2 - text.first_middle());
}

std::string JapaneseDate(Day day) {
  const std::string iso = FormatDay(day);  // 2026-11-02
  return absl::StrCat(iso.substr(0, 4), "年", std::atoi(iso.substr(5, 2).c_str()), "月",
                      std::atoi(iso.substr(8, 2).c_str()), "日");
}

}  // namespace oshirase::registry::pdf

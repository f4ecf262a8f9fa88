#include "services/registry/pdf/pictures.h"

#include <cmath>

#include "services/registry/pdf/drawing.h"
#include "services/registry/pdf/palette.h"

namespace oshirase::registry::pdf {
namespace {

// The pictures are drawn on a ground of 120 by 80 units.
constexpr double kGroundWidth = 120;
constexpr double kGroundHeight = 80;
constexpr double kLine = 2.2;

void Outline(cairo_t* context, const Color& fill) {
  SetColor(context, fill);
  cairo_fill_preserve(context);
  SetColor(context, kIndigo);
  cairo_set_line_width(context, kLine);
  cairo_stroke(context);
}

void Phone(cairo_t* context, const Box& box) {
  RoundedRectangle(context, box, 5);
  Outline(context, kWhite);
  FillBox(context, {box.x + box.width / 2 - 4, box.y + box.height - 4.6, 8, 1.6}, kIndigo, 0.8);
}

// Enough of a QR to be known as one, and too little to be read.
void LittleQr(cairo_t* context, double x, double y, double size) {
  const double module = size / 15;
  const auto square = [&](double column, double row, double side, const Color& color) {
    FillBox(context, {x + column * module, y + row * module, side * module, side * module}, color);
  };
  for (const auto& [column, row] : {std::pair{0, 0}, std::pair{10, 0}, std::pair{0, 10}}) {
    square(column, row, 5, kIndigo);
    square(column + 1, row + 1, 3, kWhite);
    square(column + 1.75, row + 1.75, 1.5, kIndigo);
  }
  for (const auto& [column, row] :
       {std::pair{7, 1}, std::pair{6, 4}, std::pair{2, 7}, std::pair{6, 7}, std::pair{9, 6},
        std::pair{12, 7}, std::pair{7, 10}, std::pair{10, 10}, std::pair{13, 9}, std::pair{6, 13},
        std::pair{9, 12}, std::pair{12, 13}}) {
    square(column, row, 1.6, kIndigo);
  }
}

// The corners of a camera's field.
void Viewfinder(cairo_t* context, const Box& box) {
  constexpr double kArm = 5;
  SetColor(context, kScarlet);
  cairo_set_line_width(context, kLine);
  for (const double right : {0.0, 1.0}) {
    for (const double low : {0.0, 1.0}) {
      const double x = box.x + right * box.width;
      const double y = box.y + low * box.height;
      cairo_move_to(context, x + (right > 0 ? -kArm : kArm), y);
      cairo_line_to(context, x, y);
      cairo_line_to(context, x, y + (low > 0 ? -kArm : kArm));
    }
  }
  cairo_stroke(context);
}

void Scan(cairo_t* context) {
  RoundedRectangle(context, {6, 14, 44, 52}, 3);
  Outline(context, kPale);
  FillBox(context, {13, 21, 30, 30}, kWhite);
  LittleQr(context, 15, 23, 26);
  FillBox(context, {15, 56, 26, 3}, kRule, 1.5);
  SetColor(context, kIndigo);
  cairo_set_line_width(context, 1.2);
  const double dashes[] = {2.5, 2.5};
  cairo_set_dash(context, dashes, 2, 0);
  for (const double y : {24.0, 50.0}) {
    cairo_move_to(context, 46, y);
    cairo_line_to(context, 75, y < 40 ? 27 : 53);
  }
  cairo_stroke(context);
  cairo_set_dash(context, nullptr, 0, 0);
  Phone(context, {70, 4, 42, 72});
  LittleQr(context, 82, 29, 18);
  Viewfinder(context, {77, 24, 28, 28});
}

// A sheet of paper folded to fly: "send" in every chat.
void PaperPlane(cairo_t* context, double x, double y, double size) {
  cairo_move_to(context, x, y + size * 0.46);
  cairo_line_to(context, x + size, y);
  cairo_line_to(context, x + size * 0.62, y + size);
  cairo_line_to(context, x + size * 0.42, y + size * 0.62);
  cairo_close_path(context);
  SetColor(context, kWhite);
  cairo_fill(context);
  SetColor(context, kIndigo);
  cairo_set_line_width(context, size * 0.07);
  cairo_move_to(context, x + size * 0.42, y + size * 0.62);
  cairo_line_to(context, x + size, y);
  cairo_stroke(context);
}

void Send(cairo_t* context) {
  Phone(context, {30, 4, 46, 72});
  FillBox(context, {31.2, 12, 43.6, 1.2}, kRule);
  FillBox(context, {36, 7.5, 14, 2.4}, kRule, 1.2);
  RoundedRectangle(context, {36, 19, 24, 9}, 4);
  Outline(context, kPale);
  RoundedRectangle(context, {35, 52, 24, 12}, 6);
  Outline(context, kWhite);
  FillBox(context, {40, 57, 13, 2.4}, kIndigo, 1.2);
  SetColor(context, kScarlet);
  cairo_set_line_width(context, 1.4);
  cairo_arc(context, 74, 58, 18.5, -0.6, 1.5);
  cairo_stroke(context);
  cairo_arc(context, 74, 58, 22.5, -0.4, 1.3);
  cairo_stroke(context);
  cairo_arc(context, 74, 58, 14.5, 0, 2 * M_PI);
  Outline(context, kIndigo);
  PaperPlane(context, 65, 50, 16);
}

void Bell(cairo_t* context, double x, double y) {
  cairo_move_to(context, x - 12, y + 9);
  cairo_curve_to(context, x - 7, y + 4, x - 10, y - 11, x, y - 11);
  cairo_curve_to(context, x + 10, y - 11, x + 7, y + 4, x + 12, y + 9);
  cairo_close_path(context);
  SetColor(context, kScarlet);
  cairo_fill(context);
  cairo_arc(context, x, y - 12, 2, 0, 2 * M_PI);
  cairo_fill(context);
  cairo_arc(context, x, y + 10.5, 3.4, 0, M_PI);
  cairo_fill(context);
}

void Notice(cairo_t* context) {
  Phone(context, {18, 4, 42, 72});
  FillBox(context, {24, 14, 24, 8}, kPale, 4);
  FillBox(context, {24, 27, 18, 8}, kPale, 4);
  RoundedRectangle(context, {46, 16, 62, 44}, 8);
  Outline(context, kWhite);
  cairo_move_to(context, 50, 58);
  cairo_line_to(context, 44, 69);
  cairo_line_to(context, 62, 60);
  Outline(context, kWhite);
  FillBox(context, {52, 54, 12, 4.9}, kWhite);
  Bell(context, 64, 38);
  FillBox(context, {82, 29, 20, 3}, kIndigo, 1.5);
  FillBox(context, {82, 37, 20, 3}, kIndigo, 1.5);
  FillBox(context, {82, 45, 13, 3}, kIndigo, 1.5);
}

}  // namespace

const char* AlternativeOf(Picture picture) {
  switch (picture) {
    case Picture::kScan:
      return "スマートフォンでQRコードを読み取る絵";
    case Picture::kSend:
      return "LINEで送信を押す絵";
    case Picture::kNotice:
      break;
  }
  return "LINEにお知らせが届く絵";
}

void DrawPicture(cairo_t* context, Picture picture, const Box& box) {
  cairo_save(context);
  cairo_translate(context, box.x, box.y);
  cairo_scale(context, box.width / kGroundWidth, box.height / kGroundHeight);
  cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND);
  switch (picture) {
    case Picture::kScan:
      Scan(context);
      break;
    case Picture::kSend:
      Send(context);
      break;
    case Picture::kNotice:
      Notice(context);
      break;
  }
  cairo_restore(context);
}

}  // namespace oshirase::registry::pdf

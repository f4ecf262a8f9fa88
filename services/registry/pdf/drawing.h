// Shapes and pieces that several sheets share.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "services/registry/domain/documents.h"
#include "services/registry/pdf/canvas.h"
#include "services/registry/pdf/palette.h"
#include "services/registry/pdf/qr_drawing.h"

namespace oshirase::registry::pdf {

// The area of a text: its corner and the longest line.
struct Area {
  double x = 0;
  double y = 0;
  double width = 0;
};

// Sets and draws a text as an element of its own; returns where it ends.
double Write(Canvas& canvas, const std::string& text, const TextStyle& style, const Area& area,
             const StructureElement& element = {.type = "P"});

void SetColor(cairo_t* context, const Color& color);
void RoundedRectangle(cairo_t* context, const Box& box, double radius);
void FillBox(cairo_t* context, const Box& box, const Color& color, double radius = 0);
void StrokeBox(cairo_t* context, const Box& box, const Color& color, double line_width);
void Rule(cairo_t* context, const Area& area, const Color& color, double line_width);

struct QrFigure {
  std::string url;
  std::string alternative;  // what it is, for a screen reader
  qr::Recovery recovery = qr::Recovery::kMedium;
  double symbol_width = 0;  // at least, without the quiet zone
};

// Draws a QR in its quiet zone, centred at `center_x` below `y`, on a ground that must be white.
// `*bottom` is where it ends, quiet zone included.
absl::Status DrawQr(Canvas& canvas, const QrFigure& figure, double center_x, double y,
                    double* bottom);

// The visitors' QR with its code and the address of its page below, as on every sheet.
struct CheckInFigure {
  double symbol_width = 0;
  double code_size = 9;
  double address_size = 6.5;
  // A quarter, because posters and stickers are laminated and get scratched.
  qr::Recovery recovery = qr::Recovery::kQuartile;
};
absl::Status DrawCheckIn(Canvas& canvas, const CheckInCode& code, const CheckInFigure& figure,
                         const Area& area, double* bottom);

// 「訓練用」, so that nobody takes a drill's sheet for a real one.
void DrawDrillMark(Canvas& canvas, double center_x, double y, double size);

// "2026年11月22日".
std::string JapaneseDate(Day day);

}  // namespace oshirase::registry::pdf

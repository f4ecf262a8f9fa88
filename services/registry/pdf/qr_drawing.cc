#include "services/registry/pdf/qr_drawing.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oshirase::registry::pdf {

double QrSide(const qr::Symbol& symbol, double symbol_width) {
  const double module = symbol_width / symbol.size;
  const double step = module < 2.5 ? 1 : 0.125;
  return std::ceil(module / step) * step * (symbol.size + 2 * qr::kQuietZone);
}

void DrawQrSymbol(cairo_t* context, const qr::Symbol& symbol, double x, double y, double side) {
  const double module = side / (symbol.size + 2 * qr::kQuietZone);
  cairo_save(context);
  cairo_translate(context, x, y);
  cairo_scale(context, module, module);
  cairo_translate(context, qr::kQuietZone, qr::kQuietZone);
  std::vector<bool> left = symbol.dark;
  const auto is_left = [&](int column, int row) {
    return left[static_cast<size_t>(row) * symbol.size + column];
  };
  // Neighbours drawn apart show hairlines in print: each run is one rectangle, and goes down as far
  // as it is as wide.
  for (int row = 0; row < symbol.size; ++row) {
    for (int start = 0; start < symbol.size; ++start) {
      if (!is_left(start, row)) continue;
      int end = start + 1;
      while (end < symbol.size && is_left(end, row)) ++end;
      const auto all_left = [&](int below) {
        for (int column = start; column < end; ++column) {
          if (!is_left(column, below)) return false;
        }
        return true;
      };
      int bottom = row + 1;
      while (bottom < symbol.size && all_left(bottom)) ++bottom;
      for (int below = row; below < bottom; ++below) {
        std::fill_n(left.begin() + below * symbol.size + start, end - start, false);
      }
      cairo_rectangle(context, start, row, end - start, bottom - row);
      start = end;
    }
  }
  cairo_set_source_rgb(context, 0, 0, 0);
  cairo_fill(context);
  cairo_restore(context);
}

}  // namespace oshirase::registry::pdf

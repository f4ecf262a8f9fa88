// A QR symbol, for drawing at any size.
#pragma once

#include <cairo.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace oshirase::registry::pdf {

// How much of the symbol may be lost: L 7 %, M 15 %, Q 25 %. The more, the smaller its modules.
enum class QrRecovery { kLow, kMedium, kQuartile };

struct QrSymbol {
  int size = 0;            // modules a side, without the quiet zone
  std::vector<bool> dark;  // size * size, in rows

  bool At(int x, int y) const { return dark[static_cast<size_t>(y) * size + x]; }
};

// Returns INVALID_ARGUMENT, reason DOCUMENT_TEXT_TOO_LONG, when `text` does not fit a symbol.
absl::StatusOr<QrSymbol> EncodeQrSymbol(const std::string& text, QrRecovery recovery);

// How wide the symbol is with the quiet zone of four modules that the standard asks for on each
// side, when it is at least `symbol_width` points without. Modules are whole eighths of a point,
// small ones whole points, so that edges fall between pixels in a coarse picture too.
double QrSide(const QrSymbol& symbol, double symbol_width);

// Draws the symbol in black, `side` wide with its quiet zone, whose corner is at (x, y). The ground
// must be white.
void DrawQrSymbol(cairo_t* context, const QrSymbol& symbol, double x, double y, double side);

}  // namespace oshirase::registry::pdf

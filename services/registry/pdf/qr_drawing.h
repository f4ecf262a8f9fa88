// Draws a QR symbol on a sheet.
#pragma once

#include <cairo.h>

#include "common/qr/qr_symbol.h"

namespace oshirase::registry::pdf {

// How wide the symbol is with the quiet zone of four modules that the standard asks for on each
// side, when it is at least `symbol_width` points without. Modules are whole eighths of a point,
// small ones whole points, so that edges fall between pixels in a coarse picture too.
double QrSide(const qr::Symbol& symbol, double symbol_width);

// Draws the symbol in black, `side` wide with its quiet zone, whose corner is at (x, y). The ground
// must be white.
void DrawQrSymbol(cairo_t* context, const qr::Symbol& symbol, double x, double y, double side);

}  // namespace oshirase::registry::pdf

// A QR symbol as a picture to download.
#pragma once

#include <string>

#include "common/qr/qr_symbol.h"

namespace oshirase::qr {

// A picture with the quiet zone, `pixels` a module. The same symbol always gives the same bytes.
std::string Png(const Symbol& symbol, int pixels);

// Likewise as SVG, for print at any size.
std::string Svg(const Symbol& symbol);

}  // namespace oshirase::qr

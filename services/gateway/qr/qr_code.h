// A QR symbol, and its two pictures.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace oshirase::gateway {

// Modules in rows, without the quiet zone.
struct QrCode {
  int size = 0;
  std::vector<bool> dark;  // size * size

  bool At(int x, int y) const { return dark[static_cast<size_t>(y) * size + x]; }
};

// Encodes `text` with error correction M (a seventh of the symbol may be lost), which suits a
// printed sheet. Returns INVALID_ARGUMENT when it does not fit a symbol.
absl::StatusOr<QrCode> EncodeQr(const std::string& text);

// A picture with the quiet zone of four modules the standard asks for, `pixels` a module. The same
// symbol always gives the same bytes.
std::string QrPng(const QrCode& code, int pixels);

// Likewise as SVG, for print at any size.
std::string QrSvg(const QrCode& code);

}  // namespace oshirase::gateway

// A QR symbol, for drawing at any size.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace oshirase::qr {

// How much of the symbol may be lost: L 7 %, M 15 %, Q 25 %. The more, the smaller its modules.
enum class Recovery { kLow, kMedium, kQuartile };

// Light modules that the standard asks for on each side.
inline constexpr int kQuietZone = 4;

struct Symbol {
  int size = 0;            // modules a side, without the quiet zone
  std::vector<bool> dark;  // size * size, in rows

  bool At(int x, int y) const { return dark[static_cast<size_t>(y) * size + x]; }
};

// Returns INVALID_ARGUMENT, reason QR_TEXT_UNFIT, when `text` is empty or too long for a symbol.
absl::StatusOr<Symbol> Encode(const std::string& text, Recovery recovery);

}  // namespace oshirase::qr

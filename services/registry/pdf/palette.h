// The colours of the sheets. Each is told from its neighbours by lightness too, because many a
// sheet is printed in black and white.
#pragma once

#include "services/registry/pdf/text_block.h"

namespace oshirase::registry::pdf {

inline constexpr Color kInk = {0.10, 0.10, 0.10};
inline constexpr Color kQuiet = {0.35, 0.35, 0.35};   // 7:1 on white
inline constexpr Color kIndigo = {0.11, 0.20, 0.38};  // 藍: titles and frames
inline constexpr Color kRule = {0.70, 0.75, 0.83};
inline constexpr Color kPale = {0.945, 0.955,
                                0.975};  // grounds; next to nothing in black and white
inline constexpr Color kScarlet = {0.72, 0.16, 0.18};  // 緋: what is new, and drills
inline constexpr Color kWhite = {1, 1, 1};

}  // namespace oshirase::registry::pdf

// The fonts of the printed sheets, and in which order they are asked for a character.
#pragma once

#include "absl/status/status.h"

namespace oshirase::registry::pdf {

// Which fonts come first: the same code point is drawn differently in Japan, China and Korea.
enum class Script { kJapanese, kSimplifiedChinese, kKorean };

// Font families for Pango, best first. Always all of them, so that a name in any script is drawn.
const char* FamiliesOf(Script script);

// BCP 47, for Pango and for the PDF's /Lang.
const char* LanguageOf(Script script);

// Makes the fonts of fonts.conf the only ones of this process. The first call does it, later ones
// give the same answer. Thread-safe.
// Returns FAILED_PRECONDITION, reason FONT_MISSING, when one of them is not installed.
absl::Status UseSheetFonts();

}  // namespace oshirase::registry::pdf

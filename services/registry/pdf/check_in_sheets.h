// What the poster, the table tent and the stickers draw alike.
#pragma once

#include <string>

#include "services/registry/pdf/drawing.h"
#include "services/registry/pdf/phrases.h"
#include "services/registry/pdf/pictures.h"

namespace oshirase::registry::pdf {

// Draws one phrase; returns where it ends.
double WritePhrase(Canvas& canvas, const Phrase& phrase, TextStyle style, const Area& area);

// The phrase in all but its first language, each on a line of its own; returns where they end.
double WriteTranslations(Canvas& canvas, const Phrases& phrases, const TextStyle& style,
                         const Area& area);

// The phrase in all but its first language, all on one line.
double WriteTranslationsInLine(Canvas& canvas, const Phrases& phrases, const TextStyle& style,
                               const Area& area);

// A number in a disc.
void DrawStepNumber(Canvas& canvas, int number, double center_x, double center_y, double radius);

// "県の名前 お問い合わせ …" and the trademark, at the foot of a sheet.
void WriteImprint(Canvas& canvas, const CheckInSheet& sheet, const Area& area, double size);

}  // namespace oshirase::registry::pdf

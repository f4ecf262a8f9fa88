// The three steps of a visitor, as pictures that need no language.
#pragma once

#include <cairo.h>

#include "services/registry/pdf/text_block.h"

namespace oshirase::registry::pdf {

enum class Picture { kScan, kSend, kNotice };

// What the picture shows, for a screen reader.
const char* AlternativeOf(Picture picture);

// Draws into `box`, of 3 by 2, as lines that print in black and white.
void DrawPicture(cairo_t* context, Picture picture, const Box& box);

}  // namespace oshirase::registry::pdf

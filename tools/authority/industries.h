// The industries and measures that the program was built with, in Japanese.
#pragma once

#include <string>

#include "common/catalogue/catalogue.h"

namespace oshirase::authority {

// The catalogue; read at the first call.
const catalogue::Catalogue& Industries();

// "飲食店", or the word itself when the program does not know it yet.
std::string KindText(const std::string& kind);

// The words of a measure on the sheet, or its id when the program does not know it yet.
std::string MeasureText(const std::string& measure_id);

}  // namespace oshirase::authority

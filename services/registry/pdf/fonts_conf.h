// The text of fonts.conf, which the build puts into the program.
#pragma once

namespace oshirase::registry::pdf {

extern const char kFontsConf[];

}  // namespace oshirase::registry::pdf

// A venue's name as a sheet's largest words: on one line while it is short, and never torn where it
// could be parted at a space.
#pragma once

#include <string>

#include "services/registry/pdf/typesetter.h"

namespace oshirase::registry::pdf {

// Sizes in points.
struct NameSizes {
  double one_line = 22;   // the smallest on one line; smaller would look lost
  double two_lines = 16;  // the smallest on two lines, the largest on three
  double smallest = 8;
};

// `style` has the largest size.
TextBlock SetName(Typesetter& typesetter, const std::string& name, TextStyle style, double width,
                  const NameSizes& sizes);

}  // namespace oshirase::registry::pdf

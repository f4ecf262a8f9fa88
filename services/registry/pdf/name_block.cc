#include "services/registry/pdf/name_block.h"

#include <algorithm>

namespace oshirase::registry::pdf {

TextBlock SetName(Typesetter& typesetter, const std::string& name, TextStyle style, double width,
                  const NameSizes& sizes) {
  style.bold = true;
  style.leading = 1.15;
  style.balanced = true;
  const double largest = style.size;
  struct Attempt {
    double largest;
    double smallest;
    int lines;
    Parting parting;
  };
  const double two_lines = std::min(largest, sizes.one_line * 1.15);
  const Attempt attempts[] = {
      {largest, sizes.one_line, 1, Parting::kPhrases},
      {two_lines, sizes.two_lines * 1.15, 2, Parting::kSpaces},
      {two_lines, sizes.two_lines, 2, Parting::kPhrases},
      {sizes.two_lines, sizes.two_lines * 0.9, 3, Parting::kSpaces},
      {sizes.two_lines, sizes.smallest, 3, Parting::kPhrases},
  };
  for (const Attempt& attempt : attempts) {
    style.size = attempt.largest;
    style.parting = attempt.parting;
    auto block = typesetter.SetToFit(name, style, width,
                                     {.smallest = attempt.smallest, .lines = attempt.lines});
    if (block.line_count() <= attempt.lines && block.width() <= width) return block;
  }
  style.size = sizes.smallest;
  return typesetter.Set(name, style, width);
}

}  // namespace oshirase::registry::pdf

// Sets text in the sheets' fonts. Two rules are kept here for every line of every sheet: a missing
// glyph is noticed, and a paragraph never ends in a line of one or two characters.
#pragma once

#include <array>
#include <string>
#include <unordered_map>

#include "services/registry/pdf/block_cache.h"
#include "services/registry/pdf/text_block.h"

namespace oshirase::registry::pdf {

// Needs UseSheetFonts(). Not thread-safe: Pango's font maps are for one thread at a time.
class Typesetter {
 public:
  Typesetter();

  // `text` in lines of at most `width`.
  TextBlock Set(const std::string& text, const TextStyle& style, double width);

  // Likewise, with `badge` in small white letters after the last character, on the same line as it.
  TextBlock SetWithBadge(const std::string& text, const std::string& badge, const TextStyle& style,
                         double width);

  // `text` as large as fits: of the sizes from style.size down to `smallest`, the largest that
  // needs at most `lines` lines.
  struct Fit {
    double smallest = 8;
    int lines = 1;
  };
  TextBlock SetToFit(const std::string& text, TextStyle style, double width, Fit fit);

  // Whether a font has `grapheme`, one character as a reader counts them. Remembers the answer.
  bool CanDraw(const std::string& grapheme);

  // Whether a glyph was missing in anything set since the last call.
  bool TakeMissingGlyph();

 private:
  ObjectHandle<PangoLayout> Shape(const std::string& text, const TextStyle& style) const;
  // `badge_index`: as in TextBlock; `text_bytes`: where the text ends and a badge may follow.
  struct Extent {
    double width = 0;
    int text_bytes = 0;
    int badge_index = -1;
  };
  TextBlock Compose(const std::string& text, const TextStyle& style, double width);
  TextBlock ComposeWithBadge(const std::string& text, const std::string& badge,
                             const TextStyle& style, double width);
  TextBlock Finish(ObjectHandle<PangoLayout> layout, const TextStyle& style, const Extent& extent);

  ObjectHandle<PangoFontMap> font_map_;
  // By script. A context's language is never changed: its layouts would all be set anew.
  std::array<ObjectHandle<PangoContext>, 3> contexts_;
  // Most of a sheet's text is on every other sheet too.
  BlockCache blocks_;
  std::unordered_map<std::string, bool> can_draw_;
  bool missing_glyph_ = false;
};

}  // namespace oshirase::registry::pdf

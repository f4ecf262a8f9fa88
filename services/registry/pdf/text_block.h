// A piece of text, set: its lines are broken, its size is known, and it can be drawn.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "services/registry/pdf/font_set.h"
#include "services/registry/pdf/handles.h"

namespace oshirase::registry::pdf {

struct Color {
  double red = 0;
  double green = 0;
  double blue = 0;
};

enum class Align { kLeft, kCenter, kRight };

// Lengths are points throughout.
// Where lines may end: between phrases as a reader hears them, or only at spaces.
enum class Parting { kPhrases, kSpaces };

struct TextStyle {
  double size = 10;
  bool bold = false;
  Color color;
  Align align = Align::kLeft;
  double leading = 1.35;  // from line to line, in lines
  double tracking = 0;    // between letters
  // Lines of about one length, as a heading wants them, instead of full ones.
  bool balanced = false;
  Parting parting = Parting::kPhrases;
  Script script = Script::kJapanese;
};

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

// Copies share what is set.
class TextBlock {
 public:
  struct Setting {
    Color color;
    double indent = 0;     // of the layout in the text area
    int badge_index = -1;  // the badge's first byte, or -1
    int last_line_length = 0;
  };

  // For a Typesetter: takes a layout whose lines are final.
  TextBlock(ObjectHandle<PangoLayout> layout, const Setting& setting);

  double height() const { return height_; }
  double width() const { return width_; }  // of the longest line
  int line_count() const;
  // Characters in the last line, as a reader counts them, without the badge.
  int last_line_length() const { return setting_.last_line_length; }
  // Where the middle of the first line's characters is, below the block's top.
  double first_middle() const;
  // Where the badge stands, from the block's corner; only in text set with one.
  std::optional<Box> badge() const;

  // Draws with the top left corner of the text area at (x, y).
  void Draw(cairo_t* context, double x, double y) const;

 private:
  std::shared_ptr<PangoLayout> layout_;
  Setting setting_;
  double height_ = 0;
  double width_ = 0;
};

}  // namespace oshirase::registry::pdf

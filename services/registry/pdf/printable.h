// Text from people, made fit to print: what would draw nothing or turn the direction of writing is
// left out, and what cannot be drawn is visibly replaced.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace oshirase::registry::pdf {

// The printers' mark for a missing sort (下駄記号).
inline constexpr char kSubstitute[] = "〓";

// Whether a font has a character as a reader counts them.
using CanDraw = std::function<bool(const std::string& grapheme)>;

struct TextLimit {
  std::string field;      // for the error
  int longest = 0;        // characters as a reader counts them
  bool required = false;  // whether empty is an error
};

// `text` as it is printed: trimmed, never normalised.
// Returns INVALID_ARGUMENT as DocumentRenderer::Render() does.
absl::StatusOr<std::string> Printable(const std::string& text, const TextLimit& limit,
                                      const CanDraw& can_draw);

// The characters of `text` that Printable() replaces, each once. None when it is not UTF-8.
std::vector<std::string> Unprintable(const std::string& text, const CanDraw& can_draw);

}  // namespace oshirase::registry::pdf

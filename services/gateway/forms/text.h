// What people type, made fit to store: as typed, but for what nobody can see.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace oshirase::gateway {

// Whether the bytes of `text` are UTF-8.
bool IsUtf8(std::string_view text);

// Whether a reader would see nothing of `text`: white space, zero-width characters. A sheet with
// such a name could not be told from one without.
bool IsInvisible(std::string_view text);

// One line: control and direction-changing characters are dropped, line breaks and runs of white
// space become one space, ends are trimmed. Letters stay as typed: normalising would change names
// (神 becomes 神). Bytes that are not UTF-8 become U+FFFD.
std::string CleanLine(std::string_view text);

// Characters as a reader counts them (grapheme clusters).
size_t CountCharacters(std::string_view text);

// `text` folded for reading numbers and addresses: full width becomes ASCII, odd hyphens become
// "-".
std::string FoldToAscii(std::string_view text);

// Whether `text` has only hiragana, katakana, ー, ・, digits, ASCII letters and spaces.
bool IsKana(std::string_view text);

}  // namespace oshirase::gateway

// Where Japanese text may be broken so that no word is torn apart. Unicode allows a break after
// nearly every kanji and kana; a reader stumbles over most of them.
#pragma once

#include <string>
#include <vector>

namespace oshirase::registry::pdf {

// Bytes of a text, [start, end), that belong on one line.
struct Unbroken {
  int start = 0;
  int end = 0;
};

// The phrases of `text` (UTF-8) that are longer than one character, as ICU's dictionary knows them.
// Longer ones than fit the narrowest column are left out, and so may be broken anywhere.
// Thread-safe.
std::vector<Unbroken> UnbrokenPhrases(const std::string& text);

// The words of `text` between spaces, the ideographic one included.
std::vector<Unbroken> UnbrokenWords(const std::string& text);

}  // namespace oshirase::registry::pdf

// Reading what people type on Japanese keyboards as if it were ASCII.
#pragma once

#include <string>
#include <string_view>

namespace oshirase::ids {

// Stands for every character that has no ASCII form.
inline constexpr char kForeign = '\x01';

// One character of ASCII per character of `text` (UTF-8): full width forms as their ASCII ones, all
// kinds of hyphen and dash, the long vowel mark among them, as "-", all kinds of blank as a space,
// the wave dash as "~". Invisible characters (zero width space, soft hyphen) are left out; whatever
// else is not ASCII, and bytes that are not UTF-8, become kForeign.
std::string FoldToAscii(std::string_view text);

}  // namespace oshirase::ids

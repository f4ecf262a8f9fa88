// LINE counts the length of a text in UTF-16 units, and refuses a message that is one too long.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace oshirase::gateway {

// `text` (UTF-8) if it has at most `max_units` UTF-16 units, else its longest beginning that fits
// together with "…" and ends between two characters as a reader sees them. Bytes that are not UTF-8
// become U+FFFD. `max_units` is at least 1.
std::string ClipUtf16(std::string_view text, size_t max_units);

}  // namespace oshirase::gateway

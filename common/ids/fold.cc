#include "common/ids/fold.h"

#include <unicode/utf8.h>

namespace oshirase::ids {
namespace {

constexpr char kInvisible = '\0';

// Between them the ASCII characters 0x21 to 0x7e in order.
constexpr UChar32 kFullWidthFirst = 0xff01;
constexpr UChar32 kFullWidthLast = 0xff5e;

bool IsDash(UChar32 c) {
  return (c >= 0x2010 && c <= 0x2015)    // hyphens, en dash, em dash
         || c == 0x2043 || c == 0x2212   // hyphen bullet, minus sign
         || c == 0x2500 || c == 0x2501   // box drawing lines, offered by IMEs for "-"
         || c == 0x30fc || c == 0xff70   // long vowel mark, full and half width
         || c == 0xfe58 || c == 0xfe63;  // small dashes
}

bool IsBlank(UChar32 c) {
  return c == '\t' || c == '\n' || c == '\r' || c == 0xa0 || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x202f;
}

bool IsInvisible(UChar32 c) {
  return c == 0 || c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

char Fold(UChar32 c) {
  if (IsInvisible(c)) return kInvisible;
  if (IsBlank(c)) return ' ';
  if (IsDash(c)) return '-';
  if (c == 0x301c) return '~';
  if (c >= kFullWidthFirst && c <= kFullWidthLast) {
    return static_cast<char>(c - kFullWidthFirst + '!');
  }
  if (c >= ' ' && c <= '~') return static_cast<char>(c);
  return kForeign;
}

}  // namespace

std::string FoldToAscii(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(text, i, size, c);  // -1 for bytes that are not UTF-8
    const char ascii = Fold(c);
    if (ascii != kInvisible) folded += ascii;
  }
  return folded;
}

}  // namespace oshirase::ids

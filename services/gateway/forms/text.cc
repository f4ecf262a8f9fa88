#include "services/gateway/forms/text.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <memory>

namespace oshirase::gateway {
namespace {

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

// Invisible characters that change how the text around them is read; joiners inside emoji and
// variation selectors of names are not among them.
bool IsHarmful(UChar32 c) {
  const int8_t type = u_charType(c);
  if (type == U_CONTROL_CHAR || type == U_SURROGATE) return true;
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
         c == 0x200F || c == 0xFEFF;
}

template <typename Visit>
void ForEach(const icu::UnicodeString& text, Visit visit) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) visit(text.char32At(i));
}

bool IsHyphen(UChar32 c) {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30FC || c == 0xFF70 || c == 0xFF0D;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c < 0) return false;
  }
  return true;
}

bool IsInvisible(std::string_view text) {
  bool seen = false;
  ForEach(FromUtf8(text), [&](UChar32 c) {
    seen |= !u_isUWhiteSpace(c) && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
  });
  return !seen;
}

std::string CleanLine(std::string_view text) {
  icu::UnicodeString result;
  bool space = false;
  ForEach(FromUtf8(text), [&](UChar32 c) {
    if (u_isUWhiteSpace(c)) {
      space = !result.isEmpty();
    } else if (!IsHarmful(c)) {
      if (space) result.append(u' ');
      space = false;
      result.append(c);
    }
  });
  return ToUtf8(result);
}

size_t CountCharacters(std::string_view text) {
  const icu::UnicodeString units = FromUtf8(text);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> characters(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  // Without ICU's data every unit counts: an upper bound.
  if (U_FAILURE(error)) return static_cast<size_t>(units.length());
  characters->setText(units);
  size_t count = 0;
  while (characters->next() != icu::BreakIterator::DONE) ++count;
  return count;
}

std::string FoldToAscii(std::string_view text) {
  icu::UnicodeString hyphens;
  ForEach(FromUtf8(text), [&](UChar32 c) { hyphens.append(IsHyphen(c) ? UChar32{'-'} : c); });
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
  if (U_FAILURE(error)) return ToUtf8(hyphens);
  return ToUtf8(nfkc->normalize(hyphens, error));
}

bool IsKana(std::string_view text) {
  bool kana = true;
  ForEach(FromUtf8(text), [&](UChar32 c) {
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &error);
    const bool sign = c == 0x30FC || c == 0x30FB || c == 0x3000 || c == 0xFF70 || c == 0xFF65;
    const bool ascii = c < 0x80 && (u_isalnum(c) || c == ' ' || c == '-' || c == '&' || c == '.');
    if (script != USCRIPT_HIRAGANA && script != USCRIPT_KATAKANA && !sign && !ascii) kana = false;
  });
  return kana;
}

}  // namespace oshirase::gateway

#include "services/registry/pdf/printable.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "services/registry/pdf/errors.h"

namespace oshirase::registry::pdf {
namespace {

// More code points in one character are an ornament that runs over the lines above and below. A
// letter with its accents has four at most, an emoji family ten, a flag of a region seven.
constexpr int kMostCodePoints = 12;
constexpr int kMostMarks = 4;
// More bytes than this for each character are no text, whatever they count as.
constexpr size_t kMostBytesPerCharacter = 32;

bool IsUtf8(const std::string& text) {
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    if (c < 0) return false;
  }
  return true;
}

bool IsControl(UChar32 c) {
  const auto type = u_charType(c);
  return type == U_CONTROL_CHAR || type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR;
}

bool IsVariationSelector(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_VARIATION_SELECTOR) != 0;
}

// Joiners and selectors change the character they follow. Whatever else has no width of its own
// only hides: direction marks, zero-width spaces, fillers, tags.
bool IsLeftOut(UChar32 c) {
  constexpr UChar32 kNonJoiner = 0x200C;
  constexpr UChar32 kJoiner = 0x200D;
  if (c == kNonJoiner || c == kJoiner || IsVariationSelector(c)) return false;
  return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

// No font can know what a private character looks like, although several have one there.
bool IsNobodys(UChar32 c) {
  const auto type = u_charType(c);
  return type == U_PRIVATE_USE_CHAR || type == U_UNASSIGNED || type == U_SURROGATE;
}

icu::UnicodeString WithoutHidden(const std::string& text) {
  const auto all = icu::UnicodeString::fromUTF8(text);
  icu::UnicodeString shown;
  for (int32_t i = 0; i < all.length(); i = all.moveIndex32(i, 1)) {
    if (!IsLeftOut(all.char32At(i))) shown.append(all.char32At(i));
  }
  return shown.trim();
}

std::vector<icu::UnicodeString> Graphemes(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  std::vector<icu::UnicodeString> graphemes;
  breaks->setText(text);
  int32_t start = breaks->first();
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
    graphemes.emplace_back(text, start, end - start);
    start = end;
  }
  return graphemes;
}

// A joiner or selector that stands alone has nothing to change.
bool IsShown(const icu::UnicodeString& grapheme) {
  return u_hasBinaryProperty(grapheme.char32At(0), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0;
}

bool IsPrintable(const icu::UnicodeString& grapheme, const CanDraw& can_draw) {
  int marks = 0;
  for (int32_t i = 0; i < grapheme.length(); i = grapheme.moveIndex32(i, 1)) {
    const UChar32 c = grapheme.char32At(i);
    if (IsNobodys(c)) return false;
    const bool mark = u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK;
    if (mark && !IsVariationSelector(c)) ++marks;
  }
  if (marks > kMostMarks || grapheme.countChar32() > kMostCodePoints) return false;
  std::string utf8;
  return can_draw(grapheme.toUTF8String(utf8));
}

}  // namespace

absl::StatusOr<std::string> Printable(const std::string& text, const TextLimit& limit,
                                      const CanDraw& can_draw) {
  if (text.size() > kMostBytesPerCharacter * static_cast<size_t>(limit.longest)) {
    return TextTooLong(limit.field);
  }
  if (!IsUtf8(text)) return TextInvalid(limit.field);
  const auto shown = WithoutHidden(text);
  for (int32_t i = 0; i < shown.length(); i = shown.moveIndex32(i, 1)) {
    if (IsControl(shown.char32At(i))) return TextInvalid(limit.field);
  }
  const auto graphemes = Graphemes(shown);
  if (graphemes.size() > static_cast<size_t>(limit.longest)) return TextTooLong(limit.field);
  std::string printable;
  for (const auto& grapheme : graphemes) {
    if (!IsShown(grapheme)) continue;
    if (IsPrintable(grapheme, can_draw)) {
      grapheme.toUTF8String(printable);
    } else {
      printable += kSubstitute;
    }
  }
  if (printable.empty() && limit.required) return TextMissing(limit.field);
  return printable;
}

std::vector<std::string> Unprintable(const std::string& text, const CanDraw& can_draw) {
  std::vector<std::string> found;
  if (!IsUtf8(text)) return found;
  for (const auto& grapheme : Graphemes(WithoutHidden(text))) {
    if (IsControl(grapheme.char32At(0)) || !IsShown(grapheme)) continue;
    if (IsPrintable(grapheme, can_draw)) continue;
    std::string utf8;
    grapheme.toUTF8String(utf8);
    if (std::find(found.begin(), found.end(), utf8) == found.end()) found.push_back(utf8);
  }
  return found;
}

}  // namespace oshirase::registry::pdf

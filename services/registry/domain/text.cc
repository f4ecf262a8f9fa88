#include "services/registry/domain/text.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <cassert>
#include <memory>
#include <set>

namespace oshirase::registry {
namespace {

constexpr UChar32 kProlongedSoundMark = 0x30FC;

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

// Calls `visit` with each character of `text` and the offset behind it, until it returns false.
template <typename Visit>
void ForEachCharacter(std::string_view text, Visit visit) {
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    if (!visit(c, i)) return;
  }
}

bool TurnsDirection(UChar32 c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

UChar32 ToKatakana(UChar32 c) {
  const bool hiragana = (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E;
  return hiragana ? c + 0x60 : c;
}

bool IsSearched(UChar32 c) {
  if (c == kProlongedSoundMark) return false;
  return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  bool valid = true;
  ForEachCharacter(text, [&](UChar32 c, int32_t) { return valid = c >= 0; });
  return valid;
}

std::string Trimmed(std::string_view text) {
  size_t begin = 0;
  ForEachCharacter(text, [&](UChar32 c, int32_t next) {
    if (!u_isUWhiteSpace(c)) return false;
    begin = static_cast<size_t>(next);
    return true;
  });
  size_t end = begin;
  ForEachCharacter(text, [&](UChar32 c, int32_t next) {
    if (static_cast<size_t>(next) > begin && !u_isUWhiteSpace(c)) end = static_cast<size_t>(next);
    return true;
  });
  return std::string(text.substr(begin, end - begin));
}

bool HasControlCharacters(std::string_view text) {
  constexpr uint32_t kRefused = U_GC_CC_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
  bool found = false;
  ForEachCharacter(text, [&](UChar32 c, int32_t) {
    found = (U_GET_GC_MASK(c) & kRefused) != 0 || TurnsDirection(c);
    return !found;
  });
  return found;
}

bool IsInvisible(std::string_view text) {
  bool seen = false;
  ForEachCharacter(text, [&](UChar32 c, int32_t) {
    seen = !u_isUWhiteSpace(c) && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
    return !seen;
  });
  return !seen;
}

size_t CharacterCount(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  assert(U_SUCCESS(error));  // the rules are compiled into ICU's data
  breaks->setText(FromUtf8(text));
  size_t count = 0;
  while (breaks->next() != icu::BreakIterator::DONE) ++count;
  return count;
}

std::string FirstCharacters(std::string_view text, size_t max_bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  assert(U_SUCCESS(error));
  const icu::UnicodeString whole = FromUtf8(text);
  breaks->setText(whole);
  std::string first;
  for (int32_t begin = 0, end = 0; (end = breaks->next()) != icu::BreakIterator::DONE;
       begin = end) {
    const std::string character = ToUtf8(whole.tempSubStringBetween(begin, end));
    if (first.size() + character.size() > max_bytes) break;
    first += character;
  }
  return first;
}

std::string Folded(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* const fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  assert(U_SUCCESS(error));
  const icu::UnicodeString normal = fold->normalize(FromUtf8(text), error);
  icu::UnicodeString result;
  for (int32_t i = 0; i < normal.length(); i = normal.moveIndex32(i, 1)) {
    const UChar32 c = normal.char32At(i);
    if (IsSearched(c)) result.append(ToKatakana(c));
  }
  return ToUtf8(result);
}

std::vector<std::string> FoldedWords(std::string_view query) {
  std::vector<std::string> words;
  size_t begin = 0;
  const auto add = [&](size_t end) {
    auto word = Folded(query.substr(begin, end - begin));
    if (!word.empty()) words.push_back(std::move(word));
  };
  size_t previous = 0;
  ForEachCharacter(query, [&](UChar32 c, int32_t next) {
    if (u_isUWhiteSpace(c)) {
      add(previous);
      begin = static_cast<size_t>(next);
    }
    previous = static_cast<size_t>(next);
    return true;
  });
  add(query.size());
  return words;
}

std::vector<std::string> GramsOf(std::string_view folded) {
  std::set<std::string> grams;
  size_t before = 0;  // where the character before the current one begins
  size_t begin = 0;
  ForEachCharacter(folded, [&](UChar32, int32_t next) {
    const auto end = static_cast<size_t>(next);
    grams.emplace(folded.substr(begin, end - begin));
    if (begin > 0) grams.emplace(folded.substr(before, end - before));
    before = begin;
    begin = end;
    return true;
  });
  return {grams.begin(), grams.end()};
}

std::vector<std::string> QueryGramsOf(std::string_view word) {
  std::vector<std::string> pairs;
  for (auto& gram : GramsOf(word)) {
    int32_t first = 0;
    U8_FWD_1(gram.data(), first, static_cast<int32_t>(gram.size()));
    if (static_cast<size_t>(first) < gram.size()) pairs.push_back(std::move(gram));
  }
  if (pairs.empty()) return {std::string(word)};
  return pairs;
}

}  // namespace oshirase::registry

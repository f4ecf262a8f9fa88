#include "tools/authority/terminal_text.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace oshirase::authority {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kEmojiLook = 0xFE0F;

// Calls `visit` with each character of `text`; bytes that are not UTF-8 are U+FFFD.
template <typename Visitor>
void ForEachCharacter(const std::string& text, const Visitor& visit) {
  const auto unicode = icu::UnicodeString::fromUTF8(text);
  for (int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
    visit(static_cast<char32_t>(unicode.char32At(i)));
  }
}

void Append(char32_t character, std::string& text) {
  icu::UnicodeString(static_cast<UChar32>(character)).toUTF8String(text);
}

// An emoji of several characters counts as each of its parts that is wide: terminals differ, and
// too much room keeps the columns apart.
int ColumnsOf(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  const auto type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR ||
      character == kEmojiLook) {
    return 0;
  }
  const auto width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

}  // namespace

bool IsUnfitForTerminal(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  const auto type = u_charType(c);
  return type == U_CONTROL_CHAR || type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR ||
         u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL) != 0;
}

std::string VisibleLine(const std::string& text) {
  std::string line;
  ForEachCharacter(text, [&line](char32_t character) {
    if (character == '\n' || character == '\r' || character == '\t') {
      line += ' ';
    } else {
      Append(IsUnfitForTerminal(character) ? kReplacement : character, line);
    }
  });
  return line;
}

std::string VisibleLines(const std::string& text) {
  std::string lines;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    if (end < text.size() && line.ends_with('\r')) line.pop_back();
    lines += VisibleLine(line);
    if (end < text.size()) lines += '\n';
    at = end + 1;
  }
  return lines;
}

int Columns(const std::string& text) {
  int columns = 0;
  ForEachCharacter(text, [&columns](char32_t character) { columns += ColumnsOf(character); });
  return columns;
}

std::string Fitted(const std::string& text, int columns) {
  const int taken = Columns(text);
  if (taken <= columns) return text + std::string(static_cast<size_t>(columns - taken), ' ');
  std::string cut;
  int used = 0;
  bool full = false;
  ForEachCharacter(text, [&](char32_t character) {
    full = full || used + ColumnsOf(character) > columns - 1;
    if (full) return;
    used += ColumnsOf(character);
    Append(character, cut);
  });
  return cut + "…" + std::string(static_cast<size_t>(columns - used - 1), ' ');
}

size_t CharacterCount(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> characters(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  const auto unicode = icu::UnicodeString::fromUTF8(text);
  // Without ICU's data, which is part of the library, more is counted and not less.
  if (U_FAILURE(error)) return static_cast<size_t>(unicode.countChar32());
  characters->setText(unicode);
  size_t count = 0;
  while (characters->next() != icu::BreakIterator::DONE) ++count;
  return count;
}

std::string Table(const std::vector<std::vector<std::string>>& rows) {
  auto shown = rows;
  std::vector<int> widths;
  for (auto& row : shown) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) {
      row[i] = VisibleLine(row[i]);
      widths[i] = std::max(widths[i], Columns(row[i]));
    }
  }
  std::string text;
  for (const auto& row : shown) {
    for (size_t i = 0; i < row.size(); ++i) {
      text += row[i];
      if (i + 1 == row.size()) break;
      text.append(static_cast<size_t>(widths[i] - Columns(row[i]) + 2), ' ');
    }
    text += '\n';
  }
  return text;
}

}  // namespace oshirase::authority

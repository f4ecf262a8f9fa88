#include "services/gateway/line/text_limit.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <memory>

namespace oshirase::gateway {

std::string ClipUtf16(std::string_view text, size_t max_units) {
  icu::UnicodeString units =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  if (units.length() > static_cast<int32_t>(max_units)) {
    const auto room = static_cast<int32_t>(max_units) - 1;
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> characters(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
    int32_t end = 0;
    if (U_SUCCESS(error)) {
      characters->setText(units);
      // preceding(room) would not do: inside a surrogate pair it goes one character too far back.
      for (int32_t next = characters->next(); next != icu::BreakIterator::DONE && next <= room;
           next = characters->next()) {
        end = next;
      }
    }
    units.truncate(end);
    units.append(static_cast<char16_t>(0x2026));
  }
  std::string result;
  units.toUTF8String(result);
  return result;
}

}  // namespace oshirase::gateway

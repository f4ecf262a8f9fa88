// The languages of the pages.
#pragma once

#include <span>
#include <string_view>

namespace oshirase::gateway {

// In the order in which people are offered them. The first is what a page is in unless asked.
enum class Language { kJapanese, kEasyJapanese, kEnglish };

struct LanguageInfo {
  Language language;
  const char* code;       // As in "?lang=", and the folder of its words.
  const char* html_lang;  // For screen readers; plain Japanese is Japanese to them.
  const char* locale;     // ICU's, for dates.
};

// All languages; the element at an enumerator's value is that language's.
std::span<const LanguageInfo> Languages();

const LanguageInfo& InfoOf(Language language);

// The language of a code; Japanese for any other text.
Language LanguageNamed(std::string_view code);

}  // namespace oshirase::gateway

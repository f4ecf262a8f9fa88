#include "services/gateway/i18n/language.h"

#include <cstddef>

namespace oshirase::gateway {
namespace {

constexpr LanguageInfo kLanguages[] = {
    {Language::kJapanese, "ja", "ja", "ja_JP"},
    {Language::kEasyJapanese, "ja-easy", "ja", "ja_JP"},
    {Language::kEnglish, "en", "en", "en_GB"},
};

}  // namespace

std::span<const LanguageInfo> Languages() { return kLanguages; }

const LanguageInfo& InfoOf(Language language) { return kLanguages[static_cast<size_t>(language)]; }

Language LanguageNamed(std::string_view code) {
  for (const LanguageInfo& info : kLanguages) {
    if (info.code == code) return info.language;
  }
  return Language::kJapanese;
}

}  // namespace oshirase::gateway

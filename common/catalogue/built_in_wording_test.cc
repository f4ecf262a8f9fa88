#include <unicode/normalizer2.h>
#include <unicode/regex.h>
#include <unicode/ucnv.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/catalogue/built_in_json.h"
#include "nlohmann/json.hpp"

// The rules of catalogue.json that are about its words, read from the file itself: Catalogue would
// hide a missing translation behind a fallback.
namespace oshirase::catalogue {
namespace {

using Json = nlohmann::json;
using icu::UnicodeString;

// A text of the file: the measures' sentences, or the names and examples.
struct Entry {
  std::string place;
  Json words;  // by language
};

const Json& File() {
  static const Json file = Json::parse(BuiltInJson());
  return file;
}

std::vector<Entry> Sentences() {
  std::vector<Entry> entries;
  for (const auto& measure : File()["measures"]) {
    entries.push_back({measure["id"], measure["text"]});
  }
  return entries;
}

std::vector<Entry> Labels() {
  std::vector<Entry> entries;
  for (const auto& group : File()["groups"]) entries.push_back({group["id"], group["name"]});
  for (const auto& industry : File()["industries"]) {
    entries.push_back({industry["kind"], industry["name"]});
    entries.push_back({industry["kind"], industry["example"]});
  }
  return entries;
}

std::vector<Entry> Everything() {
  std::vector<Entry> entries = Sentences();
  for (Entry& label : Labels()) entries.push_back(std::move(label));
  return entries;
}

UnicodeString Wide(const Json& text) {
  return UnicodeString::fromUTF8(text.get_ref<const std::string&>());
}

bool Contains(const UnicodeString& text, const char* pattern) {
  UErrorCode error = U_ZERO_ERROR;
  icu::RegexMatcher matcher(UnicodeString::fromUTF8(pattern), text, 0, error);
  REQUIRE(U_SUCCESS(error));
  return matcher.find() != 0;
}

UnicodeString Without(const UnicodeString& text, const char* pattern) {
  UErrorCode error = U_ZERO_ERROR;
  icu::RegexMatcher matcher(UnicodeString::fromUTF8(pattern), text, 0, error);
  UnicodeString rest = matcher.replaceAll("", error);
  REQUIRE(U_SUCCESS(error));
  return rest;
}

// A reading behind its kanji.
constexpr char kReading[] = "（[ぁ-ん]+）";

// Whether an older character set, that of every font for the language, has all of `text`.
bool IsIn(const char* charset, const UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(charset, &error),
                                                                     &ucnv_close);
  ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &error);
  REQUIRE(U_SUCCESS(error));
  std::array<char, 1000> bytes{};
  ucnv_fromUChars(converter.get(), bytes.data(), bytes.size(), text.getBuffer(), text.length(),
                  &error);
  return U_SUCCESS(error) != 0;
}

// The measurements and minutes in a sentence, with a decimal point, in order of size.
std::multiset<std::string> Figures(const UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  icu::RegexMatcher matcher(
      UnicodeString::fromUTF8("([0-9]+(?:[.,][0-9]+)*) ?(?:m(?![²³a-zA-Z])|米|℃|°C|%|ppm|mg|㎥|m³|"
                              "立方|分|분|minut|phút)"),
      text, 0, error);
  std::multiset<std::string> figures;
  while (matcher.find()) {
    std::string figure;
    Without(matcher.group(1, error), "[.,](?=[0-9]{3})")
        .findAndReplace(",", ".")
        .toUTF8String(figure);
    figures.insert(figure);
  }
  REQUIRE(U_SUCCESS(error));
  return figures;
}

TEST_CASE("every text is there in every language and in no other") {
  const Json& languages = File()["languages"];

  for (const Entry& entry : Everything()) {
    INFO(entry.place);
    CHECK(entry.words.size() == languages.size());
    for (const auto& language : languages) {
      INFO(language);
      CHECK(entry.words.contains(language));
    }
  }
}

TEST_CASE("no text is longer than its line on the form and the certificate") {
  const std::map<std::string, std::pair<int, int>> longest{
      // sentence, label
      {"ja", {45, 26}}, {"ja-easy", {60, 40}}, {"en", {95, 60}}, {"zh-Hans", {40, 26}},
      {"ko", {50, 40}}, {"pt", {95, 60}},      {"vi", {95, 75}}};

  for (const Entry& entry : Sentences()) {
    for (const auto& [language, text] : entry.words.items()) {
      INFO(entry.place << " " << text);
      CHECK(Without(Wide(text), kReading).countChar32() <= longest.at(language).first);
    }
  }
  for (const Entry& entry : Labels()) {
    for (const auto& [language, text] : entry.words.items()) {
      INFO(entry.place << " " << text);
      CHECK(Without(Wide(text), kReading).countChar32() <= longest.at(language).second);
    }
  }
}

TEST_CASE("each language is written in its own characters, figures in half width") {
  const std::string latin = "A-Za-z0-9\\u0020\\u0027.,;:%/°³\\-";
  const std::string japanese = "\\p{Hiragana}[\\p{Katakana}-[ｦ-ﾟ]]\\p{Han}A-Za-z0-9ー・、：℃.%/";
  const std::map<std::string, std::string> characters{
      {"ja", "[" + japanese + "]"},
      {"ja-easy", "[" + japanese + "。（）]"},
      {"en", "[" + latin + "]"},
      {"zh-Hans", "[\\p{Han}A-Z0-9，、：℃.%a-z/]"},
      {"ko", "[\\p{Hangul}A-Z0-9\\u0020·,.:~℃%㎥a-z/]"},
      {"pt", "[" + latin + "áàâãéêíóôõúçÁÂÉÍÓÔÚ]"},
      {"vi", "[" + latin + "\\p{Latin}]"}};

  for (const Entry& entry : Everything()) {
    for (const auto& [language, text] : entry.words.items()) {
      UErrorCode error = U_ZERO_ERROR;
      const icu::UnicodeSet allowed(UnicodeString::fromUTF8(characters.at(language)), error);
      REQUIRE(U_SUCCESS(error));
      INFO(entry.place << " " << language << " " << text);
      CHECK(allowed.containsAll(Wide(text)));
    }
  }
}

TEST_CASE("no character is missing in a font of its language, nor taken from another's writing") {
  const std::map<std::string, const char*> charsets{
      {"ja", "Shift_JIS"}, {"ja-easy", "Shift_JIS"}, {"zh-Hans", "GB2312"}, {"ko", "EUC-KR"}};

  CHECK_FALSE(IsIn("GB2312", UnicodeString::fromUTF8("換気")));
  CHECK_FALSE(IsIn("Shift_JIS", UnicodeString::fromUTF8("换气")));
  for (const Entry& entry : Everything()) {
    for (const auto& [language, charset] : charsets) {
      INFO(entry.place << " " << entry.words.at(language));
      CHECK(IsIn(charset, Wide(entry.words.at(language))));
    }
  }
}

TEST_CASE("texts are composed, and have no space at an end or beside another") {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(error);

  for (const Entry& entry : Everything()) {
    for (const auto& [language, text] : entry.words.items()) {
      INFO(entry.place << " " << text);
      CHECK(nfc->isNormalized(Wide(text), error));
      CHECK_FALSE(Contains(Wide(text), "^\\s|\\s$|\\s\\s"));
    }
  }
  CHECK(U_SUCCESS(error));
}

TEST_CASE("no two measures say the same in any language") {
  std::map<std::string, std::string> said_by;

  for (const Entry& entry : Sentences()) {
    for (const auto& [language, text] : entry.words.items()) {
      INFO(text << " of " << entry.place);
      const auto [other, is_new] =
          said_by.emplace(absl::StrCat(language, std::string(text)), entry.place);
      CHECK(other->second == entry.place);
    }
  }
}

TEST_CASE("no two industries and no two groups have the same name") {
  for (const std::string list : {"industries", "groups"}) {
    std::set<std::string> names;
    size_t count = 0;
    for (const auto& named : File()[list]) {
      for (const auto& [language, name] : named["name"].items()) {
        names.insert(absl::StrCat(language, std::string(name)));
        ++count;
      }
    }
    CHECK(names.size() == count);
  }
}

TEST_CASE("a Japanese sentence ends politely and without a full stop") {
  for (const Entry& entry : Sentences()) {
    INFO(entry.words.at("ja"));
    CHECK(Contains(Wide(entry.words.at("ja")), "(ます|ません)$"));
  }
}

TEST_CASE("easy Japanese is short sentences with a reading behind every kanji") {
  for (const Entry& entry : Everything()) {
    const UnicodeString easy = Wide(entry.words.at("ja-easy"));
    INFO(entry.words.at("ja-easy"));
    CHECK_FALSE(Contains(Without(easy, "\\p{Han}+（[ぁ-ん]+）"), "[\\p{Han}（）]"));
  }
  for (const Entry& entry : Sentences()) {
    const UnicodeString easy = Without(Wide(entry.words.at("ja-easy")), kReading);
    INFO(entry.words.at("ja-easy"));
    CHECK(Contains(easy, "^([^。]{3,36}(ます|ません|です|ください)。){1,2}$"));
  }
}

TEST_CASE("a Korean sentence ends formally, and the others begin as sentences of theirs do") {
  for (const Entry& entry : Sentences()) {
    INFO(entry.place);
    CHECK(Contains(Wide(entry.words.at("ko")), "니다$"));
    for (const char* language : {"en", "pt", "vi"}) {
      CHECK(Contains(Wide(entry.words.at(language)), "^[\\p{Lu}0-9].*[\\p{Ll}0-9C%]$"));
    }
    CHECK(Contains(Wide(entry.words.at("zh-Hans")), "[\\p{Han}a-z]$"));
  }
}

TEST_CASE("an example says that it is one") {
  const std::map<std::string, std::string> beginnings{{"ja", "例："},   {"ja-easy", "例（れい）："},
                                                      {"en", "e.g. "},  {"zh-Hans", "例如："},
                                                      {"ko", "예: "},   {"pt", "Ex.: "},
                                                      {"vi", "Ví dụ: "}};

  for (const auto& industry : File()["industries"]) {
    for (const auto& [language, text] : industry["example"].items()) {
      CHECK(absl::StartsWith(std::string(text), beginnings.at(language)));
    }
  }
}

TEST_CASE("a translation has the figures of the Japanese sentence, easy Japanese no others") {
  CHECK(Figures("every 30 minutes at 37.5 °C, 1,000 ppm, 3 chairs") ==
        std::multiset<std::string>{"1000", "30", "37.5"});
  for (const Entry& entry : Sentences()) {
    const auto figures = Figures(Wide(entry.words.at("ja")));
    for (const char* language : {"en", "zh-Hans", "ko", "pt", "vi"}) {
      INFO(entry.words.at("ja") << " " << entry.words.at(language));
      CHECK(Figures(Wide(entry.words.at(language))) == figures);
    }
    const auto easy = Figures(Without(Wide(entry.words.at("ja-easy")), kReading));
    INFO(entry.words.at("ja") << " " << entry.words.at("ja-easy"));
    CHECK(std::includes(figures.begin(), figures.end(), easy.begin(), easy.end()));
  }
}

}  // namespace
}  // namespace oshirase::catalogue

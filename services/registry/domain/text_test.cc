#include "services/registry/domain/text.h"

#include <catch2/catch.hpp>

namespace oshirase::registry {
namespace {

TEST_CASE("characters are counted as a reader counts them") {
  CHECK(CharacterCount("") == 0);
  CHECK(CharacterCount("喫茶店") == 3);
  CHECK(CharacterCount("か\xE3\x82\x99") == 1);  // ka and a combining voiced sound mark
  CHECK(CharacterCount("👨‍👩‍👧‍👦🇯🇵") == 2);
}

TEST_CASE("white space is trimmed at the ends only, the ideographic one too") {
  CHECK(Trimmed(" \t　喫茶 店　\n") == "喫茶 店");
  CHECK(Trimmed("　 ").empty());
  CHECK(Trimmed("").empty());
}

TEST_CASE("control characters and marks that turn the direction of writing are noticed") {
  CHECK(HasControlCharacters(std::string("a\0b", 3)));
  CHECK(HasControlCharacters("a\nb"));
  CHECK(
      HasControlCharacters("a\xE2\x80\xAE"
                           "b"));  // right-to-left override
  CHECK(
      HasControlCharacters("a\xE2\x80\xA8"
                           "b"));  // line separator
  CHECK_FALSE(HasControlCharacters("喫茶店 ☕ 👨‍👩‍👧"));
}

TEST_CASE("what nobody sees is noticed, and letters of any script are seen") {
  for (const char* hidden :
       {"", " 　", "\u2060", "\u3164", "\u200D", "\uFE0F", "\u0301", "\u200B \u200B"})
    CHECK_FALSE(IsVisible(hidden));
  for (const char* seen : {"店", "☕", "a\u0301", "1\uFE0F\u20E3", "葛\U000E0100", "ไทย", "-"})
    CHECK(IsVisible(seen));
}

TEST_CASE("what is not UTF-8 is noticed") {
  CHECK(IsUtf8("喫茶店"));
  CHECK_FALSE(IsUtf8("\xFF"));
  CHECK_FALSE(IsUtf8("\xE5\x96"));      // cut off
  CHECK_FALSE(IsUtf8("\xED\xA0\x80"));  // a surrogate
  CHECK_FALSE(IsUtf8("\xC0\xAF"));      // overlong
}

TEST_CASE("width, case, kana and punctuation do not matter in a search") {
  CHECK(Folded("ﾗｰﾒﾝ ＡＢＣ") == Folded("らーめんａｂｃ"));
  CHECK(Folded("Cafe-Bar") == "cafebar");
  CHECK(Folded("１−２−３") == "123");
  CHECK(Folded("コーヒー") == Folded("コヒ"));
  CHECK(Folded("ガ") == Folded("ｶﾞ"));
  CHECK(Folded("(!?)").empty());
}

TEST_CASE("a query is split at white space, and words of nothing are left out") {
  CHECK(FoldedWords(" らーめん　横浜 - ") == std::vector<std::string>{"ラメン", "横浜"});
  CHECK(FoldedWords("- ー").empty());
}

TEST_CASE("a text has every gram of every word it contains") {
  CHECK(GramsOf("横浜駅") == std::vector<std::string>{"横", "横浜", "浜", "浜駅", "駅"});
  CHECK(QueryGramsOf("横浜駅") == std::vector<std::string>{"横浜", "浜駅"});
  CHECK(QueryGramsOf("駅") == std::vector<std::string>{"駅"});
  CHECK(QueryGramsOf("a") == std::vector<std::string>{"a"});
  CHECK(GramsOf("").empty());
}

TEST_CASE("a text is cut between two characters, never inside one") {
  CHECK(FirstCharacters("喫茶店", 7) == "喫茶");
  CHECK(FirstCharacters("a👨‍👩‍👧", 10) == "a");
  CHECK(FirstCharacters("a\xCC\x81\xCC\x82"
                        "b",
                        3) == "");
  CHECK(FirstCharacters("abc", 3) == "abc");
}

}  // namespace
}  // namespace oshirase::registry

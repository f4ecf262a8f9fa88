#include "services/gateway/forms/text.h"

#include <catch2/catch.hpp>

namespace oshirase::gateway {
namespace {

TEST_CASE("a line is trimmed, and its white space and line breaks become single spaces") {
  CHECK(CleanLine("  みなと　 食堂\r\n本店\t") == "みなと 食堂 本店");
  CHECK(CleanLine(" \n ") == "");
}

TEST_CASE("what nobody can see is dropped: controls, NULs, marks that turn the text around") {
  CHECK(CleanLine(std::string_view("a\0b\x1b\x7f", 5)) == "ab");
  CHECK(CleanLine("a\u202Eb\u2066c\uFEFFd\u200F") == "abcd");
}

TEST_CASE("a text of which nothing can be seen is told from one that shows something") {
  CHECK(IsInvisible("\u200B \u200D\u2060"));
  CHECK(IsInvisible("\u3164"));  // the Hangul filler, which is a letter
  CHECK_FALSE(IsInvisible("\u200B店"));
}

TEST_CASE("letters of names stay as they were typed") {
  for (const std::string name :
       {"髙島屋", "神", "神", "①", "葛󠄀", "か\u3099", "👨‍👩‍👧", "ﾐﾅﾄ"}) {
    CHECK(CleanLine(name) == name);
  }
}

TEST_CASE("bytes that are not UTF-8 become replacement characters") {
  CHECK(CleanLine("a\xff") == "a\uFFFD");
}

TEST_CASE("characters are counted as a reader counts them") {
  CHECK(CountCharacters("") == 0);
  CHECK(CountCharacters("葛󠄀👨‍👩‍👧か\u3099") == 3);
}

TEST_CASE("numbers are read in full width and with any hyphen") {
  CHECK(FoldToAscii("０４５−２１０‐１１１１") == "045-210-1111");
  CHECK(FoldToAscii("２３１ー８５８８") == "231-8588");
}

TEST_CASE("kana is told from kanji") {
  CHECK(IsKana(""));
  CHECK(IsKana("みなとショクドウー・2 B"));
  CHECK(IsKana("ﾐﾅﾄ"));
  CHECK_FALSE(IsKana("港しょくどう"));
  CHECK_FALSE(IsKana("<みなと>"));
}

}  // namespace
}  // namespace oshirase::gateway

#include "tools/authority/terminal_text.h"

#include <catch2/catch.hpp>

namespace oshirase::authority {
namespace {

TEST_CASE("no escape sequence, bell or turned text reaches the terminal") {
  CHECK(VisibleLine("\x1b[2J\x07名\x7f") == "�[2J�名�");
  CHECK(VisibleLine("\xC2\x9B"
                    "31m") == "�31m");  // CSI in one character
  CHECK(VisibleLine("gpj.\xE2\x80\xAEtxt") == "gpj.�txt");
  CHECK(VisibleLine("a\xFF\xFE") == "a��");
  CHECK(VisibleLine("髙﨑𠮷葛󠄀 👨‍👩‍👧") ==
        "髙﨑𠮷葛󠄀 👨‍👩‍👧");
}

TEST_CASE("a cell is one line, whatever it holds; a letter keeps its lines") {
  CHECK(VisibleLine("a\nb\tc\r\nd") == "a b c  d");
  CHECK(VisibleLines("a\r\nb\rc\n") == "a\nb c\n");
  CHECK(VisibleLines("").empty());
}

TEST_CASE("Japanese takes two columns, marks take none") {
  CHECK(Columns("ラーメン") == 8);
  CHECK(Columns("ﾗｰﾒﾝ") == 4);
  CHECK(Columns("か\xE3\x82\x99") == 2);
  CHECK(Columns("葛󠄀") == 2);
  CHECK(Columns("abc") == 3);
}

TEST_CASE("text is filled up or cut to the columns there are") {
  CHECK(Fitted("居酒屋", 8) == "居酒屋  ");
  CHECK(Fitted("居酒屋たけ", 8) == "居酒屋… ");
  CHECK(Fitted("居酒屋たけ", 10) == "居酒屋たけ");
  CHECK(Fitted("abcdef", 4) == "abc…");
}

TEST_CASE("characters are counted as a reader does") {
  CHECK(CharacterCount("👨‍👩‍👧") == 1);
  CHECK(CharacterCount("葛󠄀飾") == 2);
  CHECK(CharacterCount("") == 0);
}

TEST_CASE("a table's columns are aligned and a cell cannot forge a row") {
  CHECK(Table({{"名", "b"}, {"a\nb", "c\x1b"}}) == "名   b\na b  c�\n");
}

}  // namespace
}  // namespace oshirase::authority

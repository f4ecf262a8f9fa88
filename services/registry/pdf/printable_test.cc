#include "services/registry/pdf/printable.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"

namespace oshirase::registry::pdf {
namespace {

bool CanDrawAll(const std::string&) { return true; }

std::string Print(const std::string& text) {
  return *Printable(text, {.field = "name", .longest = 100}, CanDrawAll);
}

std::string ReasonFor(const std::string& text, const TextLimit& limit) {
  return ReasonOf(Printable(text, limit, CanDrawAll).status());
}

TEST_CASE("names stay as they were typed") {
  for (const char* name : {"髙島屋 﨑陽軒", "𠮷野家", "葛\U000E0100城", "か\u3099き氷", "ﾎﾟﾌﾟﾗ㈱",
                           "Café Việt", "👩‍👩‍👧‍👦の家", "ร้านก๋วยเตี๋ยว"}) {
    CHECK(Print(name) == name);
  }
}

TEST_CASE("what hides or turns text is left out") {
  CHECK(Print("\u202Eやきとり\u202C") == "やきとり");
  CHECK(Print("や\u200Bき\u2060と\uFEFFり") == "やきとり");
  CHECK(Print("a\u2066b\u2069c\u200F\u061C") == "abc");
  CHECK(Print("\u200D\uFE0F店") == "店");
  CHECK(Print(" \u3000店 ") == "店");
}

TEST_CASE("a character without a glyph is the printers' mark, one for one") {
  const auto only_kana = [](const std::string& grapheme) { return grapheme == "あ"; };

  CHECK(*Printable("あ🧋あ", {.field = "name", .longest = 9}, only_kana) == "あ〓あ");
  CHECK(*Printable("👨‍👩‍👧", {.field = "name", .longest = 9}, only_kana) == "〓");
  CHECK(Unprintable("あ🧋い🧋", only_kana) == std::vector<std::string>{"🧋", "い"});
}

TEST_CASE("nobody knows what a private or unassigned character looks like") {
  CHECK(Print("外\uE000字") == "外〓字");
  CHECK(Print("\U000E1FFF") == "〓");
}

TEST_CASE("a pile of marks does not climb over the line above") {
  std::string pile = "a";
  for (int i = 0; i < 30; ++i) pile += "\u0301";

  CHECK(Print("x" + pile) == "x〓");
  CHECK(Print("a\u0323\u0302") == "a\u0323\u0302");
}

TEST_CASE("controls, broken UTF-8 and emptiness are refused by name") {
  const TextLimit limit = {.field = "name", .longest = 10, .required = true};

  CHECK(ReasonFor(std::string("a\0b", 3), limit) == "DOCUMENT_TEXT_INVALID");
  CHECK(ReasonFor("a\nb", limit) == "DOCUMENT_TEXT_INVALID");
  CHECK(ReasonFor("a\u2028b", limit) == "DOCUMENT_TEXT_INVALID");
  CHECK(ReasonFor("\xC3(", limit) == "DOCUMENT_TEXT_INVALID");
  CHECK(ReasonFor("", limit) == "DOCUMENT_TEXT_MISSING");
  CHECK(ReasonFor("\u202E\u200B", limit) == "DOCUMENT_TEXT_MISSING");
}

TEST_CASE("length is what a reader counts") {
  const TextLimit limit = {.field = "name", .longest = 3};

  CHECK(ReasonFor("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", limit).empty());
  CHECK(ReasonFor("あいうえ", limit) == "DOCUMENT_TEXT_TOO_LONG");
  CHECK(ReasonFor(std::string(10000, 'a'), limit) == "DOCUMENT_TEXT_TOO_LONG");
}

}  // namespace
}  // namespace oshirase::registry::pdf

#include "common/ids/venue_code.h"

#include <catch2/catch.hpp>
#include <set>

#include "absl/strings/ascii.h"
#include "common/status/errors.h"

namespace oshirase::ids {
namespace {

using Kind = VenueCodeInText::Kind;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// A code whose letters show every kind of folding; its check symbol was worked out by hand.
const std::string kPrinted = FormatVenueCode(*ParseVenueCode("A0B1C2D3E4F5G6H7N"));

std::string FullWidth(const std::string& ascii) {
  std::string wide;
  for (const char c : ascii) {
    const int code_point = 0xff01 + (c - '!');
    wide += static_cast<char>(0xe0 | code_point >> 12);
    wide += static_cast<char>(0x80 | (code_point >> 6 & 0x3f));
    wide += static_cast<char>(0x80 | (code_point & 0x3f));
  }
  return wide;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

TEST_CASE("10,000 codes are all different, read back from print, and made of digits and letters") {
  std::set<std::string> seen;
  for (int i = 0; i < 10000; ++i) {
    const VenueCode code = NewVenueCode();
    REQUIRE(code.value.size() == 17);
    REQUIRE(code.value.find_first_not_of(kAlphabet) == std::string::npos);
    REQUIRE(seen.insert(code.value).second);
    REQUIRE(ParseVenueCode(FormatVenueCode(code)).value() == code);
    REQUIRE(FindVenueCode("check in " + FormatVenueCode(code)).code == code);
  }
}

TEST_CASE("every single wrong symbol is noticed") {
  int tried = 0;
  int noticed = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string code = NewVenueCode().value;
    for (size_t place = 0; place < code.size(); ++place) {
      for (const char symbol : kAlphabet) {
        if (symbol == code[place]) continue;
        std::string wrong = code;
        wrong[place] = symbol;
        ++tried;
        noticed += ParseVenueCode(wrong).ok() ? 0 : 1;
      }
    }
  }
  CHECK(tried == 200 * 17 * 31);
  CHECK(noticed == tried);
}

TEST_CASE("every swap of two neighbours is noticed, the check symbol's too") {
  int tried = 0;
  int noticed = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string code = NewVenueCode().value;
    for (size_t place = 0; place + 1 < code.size(); ++place) {
      if (code[place] == code[place + 1]) continue;
      std::string wrong = code;
      std::swap(wrong[place], wrong[place + 1]);
      ++tried;
      noticed += ParseVenueCode(wrong).ok() ? 0 : 1;
    }
  }
  CHECK(tried > 30000);
  CHECK(noticed == tried);
}

TEST_CASE("a random string passes the check about once in 37 times") {
  int passed = 0;
  constexpr int kTries = 7400;
  for (int i = 0; i < kTries; ++i) {
    std::string text = NewVenueCode().value;
    text.replace(8, 9, NewVenueCode().value.substr(0, 9));
    passed += ParseVenueCode(text).ok() ? 1 : 0;
  }
  CHECK(passed > 120);
  CHECK(passed < 290);
}

TEST_CASE("a code is found in every form a phone gives it") {
  const VenueCode code = ParseVenueCode(kPrinted).value();
  const std::string bare = Replaced(kPrinted, "-", "");
  for (const std::string& form :
       {kPrinted, bare, absl::AsciiStrToLower(kPrinted), FullWidth(kPrinted),
        FullWidth(absl::AsciiStrToLower(bare)), Replaced(kPrinted, "-", " "),
        Replaced(kPrinted, "-", "　"), Replaced(kPrinted, "-", "ー"), Replaced(kPrinted, "-", "−"),
        Replaced(kPrinted, "-", "–"), Replaced(kPrinted, "-", "－"), Replaced(kPrinted, "-", " - "),
        Replaced(kPrinted, "-", "\u200b"), Replaced(kPrinted, "0", "O"),
        Replaced(kPrinted, "1", "l"), Replaced(kPrinted, "1", "I"),
        Replaced(kPrinted, "0", "ｏ")}) {
    CAPTURE(form);
    CHECK(ParseVenueCode(form).value() == code);
    for (const std::string& text :
         {form, "お店：" + form + "です", "【" + form + "】", "チェックイン\n" + form + "\n",
          "https://example.jp/c/" + form + "?x=1", "at 19:00 " + form + ".", "\xff" + form + "\xfe",
          "from " + form + " to 21:00", "test1234 2020-12-01 " + form}) {
      CAPTURE(text);
      const auto found = FindVenueCode(text);
      CHECK(found.kind == Kind::kFound);
      CHECK(found.code == code);
    }
  }
}

TEST_CASE("the first right code wins, also after a mistyped one") {
  const VenueCode first = NewVenueCode();
  const VenueCode second = NewVenueCode();
  const std::string both = FormatVenueCode(first) + " " + FormatVenueCode(second);
  CHECK(FindVenueCode(both).code == first);
  CHECK(FindVenueCode("A0B1-C2D3-E4F5-G6H7-K " + both).code == first);
}

TEST_CASE("Crockford's five other check symbols are read where the check stands") {
  // Made elsewhere; our own codes never end so.
  for (const std::string check : {"B4-*", "B5-~", "B6-$", "B7-=", "B8-U", "B5〜", "B4＊", "b8u"}) {
    CAPTURE(check);
    CHECK(FindVenueCode("「zzzz-zzzz-zzzz-zz" + check + "」").kind == Kind::kFound);
  }
  CHECK(FindVenueCode("*ZZZ-ZZZZ-ZZZZ-ZZB4-*").kind == Kind::kNone);
}

TEST_CASE(
    "something like a code with a wrong check, a symbol missing or one too many is mistyped") {
  for (const std::string text :
       {"A0B1-C2D3-E4F5-G6H7-K", "a0b1c2d3e4f5g6h7k", "A0B1 C2D3 E4F5 G6H7 K",
        "コードは Ａ０Ｂ１ーＣ２Ｄ３ーＥ４Ｆ５ーＧ６Ｈ７ーＫ", "A0B1-C2D3-E4F5-G6H-J",
        "A0B1-C2D3-E4F5-G6H7", "A0B1-C2D3-E4F5-G6H77-J", "A0B1-C2D3-E4F5-G6U7-J"}) {
    CAPTURE(text);
    const auto found = FindVenueCode(text);
    CHECK(found.kind == Kind::kMistyped);
    CHECK_FALSE(found.code.has_value());
  }
}

TEST_CASE("letters alone are mistyped when they stand as codes are printed") {
  for (const std::string text :
       {"ABCD-EFGH-JKMN-PQRS-T", "abcd-efgh-jkmn-pqrs-t", "AEAE-AEAE-AEAE-AEAE-A",
        "コードは ＡＢＣＤーＥＦＧＨーＪＫＭＮーＰＱＲＳーＴ です", "BCDF GHJK MNPQ RSTV W",
        "bcdf ghjk mnpq rstv w", "ABCD - EFGH - JKMN - PQRS - T", "ABCD-EFGH-JKMN-PQRS",
        "ABCD-EFGH-JKMN-PQRS-TV", "OICL-OICL-XXXX-OICL-O"}) {
    CAPTURE(text);
    CHECK(FindVenueCode(text).kind == Kind::kMistyped);
  }
}

TEST_CASE("a code whose 17 symbols are all letters is found, and mistyped when one is wrong") {
  const VenueCode code = *ParseVenueCode("ABCDEFGHJKMNPQRDT");
  CHECK(FindVenueCode(FormatVenueCode(code)).code == code);
  for (size_t place = 0; place < code.value.size(); ++place) {
    VenueCode wrong = code;
    wrong.value[place] = wrong.value[place] == 'X' ? 'Z' : 'X';
    CHECK(FindVenueCode(FormatVenueCode(wrong)).kind == Kind::kMistyped);
  }
}

TEST_CASE("words, numbers, dates, addresses and ids are no codes") {
  for (const std::string text :
       {"", "   ", "こんにちは", "what do you keep about me",
        "please erase me, thank you very much", "incomprehensibility", "0120-565-653",
        "4111 1111 1111 1111", "room 1004 from 1900 to 2100", "2020-12-01T19:00:00+09:00",
        "00112233-4455-4677-8899-aabbccddeeff", "U00112233445566778899aabbccddeeff",
        "yamada.taro@example.co.jp", "12345678901234567", "A-0-B-1", "that time does that a",
        "----------------", "A0B1C2D3E4F5G6H7NA0B1C2D3E4F5G6H7N"}) {
    CAPTURE(text);
    CHECK(FindVenueCode(text).kind == Kind::kNone);
  }
}

TEST_CASE("long words and four-letter words side by side are no codes") {
  for (const std::string text :
       {"incomprehensible", "counterrevolution", "long-term-care-home", "THIS TIME DOES THAT A",
        "does your shop have room", "rhythm-and-blues-session", "will-they-stay-open-a-bit",
        "1234-5678-9012-3456", "1234-5678-9012-3456-7"}) {
    CAPTURE(text);
    CHECK(FindVenueCode(text).kind == Kind::kNone);
  }
}

TEST_CASE("letters that touch a code hide it, kana does not") {
  const std::string bare = Replaced(kPrinted, "-", "");
  CHECK(FindVenueCode("x" + bare).kind != Kind::kFound);
  CHECK(FindVenueCode(bare + "x").kind != Kind::kFound);
  CHECK(FindVenueCode("を" + bare + "へ").kind == Kind::kFound);
}

TEST_CASE("a long hostile text takes time in proportion to its length") {
  for (const std::string piece : {"a", "a-", "0 ", "A0B1-", "-", "\xe3\x83"}) {
    std::string text;
    while (text.size() < 200000) text += piece;
    CHECK(FindVenueCode(text).kind == Kind::kNone);
  }
}

TEST_CASE("what is no code at all is refused without being repeated") {
  const auto code = ParseVenueCode("A0B1-C2D3-E4F5-G6H7-K");
  CHECK(absl::IsInvalidArgument(code.status()));
  CHECK(ReasonOf(code.status()) == "VENUE_CODE_MISTYPED");
  CHECK(code.status().ToString().find("A0B1") == std::string::npos);
}

}  // namespace
}  // namespace oshirase::ids

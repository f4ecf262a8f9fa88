#include "services/registry/pdf/typesetter.h"

#include <catch2/catch.hpp>

#include "services/registry/pdf/name_block.h"
#include "services/registry/pdf/phrase_breaks.h"
#include "services/registry/pdf/testing/example_sheets.h"

namespace oshirase::registry::pdf {
namespace {

std::vector<std::string> PhrasesOf(const std::string& text) {
  std::vector<std::string> phrases;
  for (const auto& [start, end] : UnbrokenPhrases(text)) {
    phrases.push_back(text.substr(static_cast<size_t>(start), static_cast<size_t>(end - start)));
  }
  return phrases;
}

TEST_CASE("no paragraph ends in a line of one or two characters, whatever the width") {
  REQUIRE(UseSheetFonts().ok());
  Typesetter type;
  const auto sheet = ExampleCertificate(30);

  for (const auto& group : sheet.groups) {
    for (const auto& line : group.lines) {
      for (double width = 120; width < 300; width += 7) {
        const auto block = type.Set(line.text, {.size = 10}, width);
        INFO(line.text << " at " << width);
        CHECK((block.line_count() == 1 || block.last_line_length() >= 3));
        CHECK(block.width() <= width + 0.1);
      }
    }
  }
}

TEST_CASE("a badge stands on the line of the last words, inside the column") {
  REQUIRE(UseSheetFonts().ok());
  Typesetter type;
  const std::string text = "会話のときはマスクの着用をお願いしています";

  for (double width = 110; width < 280; width += 3) {
    const auto block = type.SetWithBadge(text, "New!", {.size = 10}, width);
    REQUIRE(block.badge());
    CHECK(block.badge()->x > 0);
    CHECK(block.badge()->x + block.badge()->width <= width + 0.1);
    CHECK(block.last_line_length() >= 3);
  }
}

TEST_CASE("lines break between phrases, not within words") {
  CHECK(PhrasesOf("従業員は毎日体温を測り、記録しています") ==
        std::vector<std::string>{"従業", "員は", "毎日", "体温を", "測り、", "記録しています"});
}

TEST_CASE("a name is one line while it is short, and parts at its spaces when it is long") {
  REQUIRE(UseSheetFonts().ok());
  Typesetter type;
  const TextStyle style = {.size = 36};

  CHECK(SetName(type, "みなと家", style, 490, {}).line_count() == 1);
  const auto two = SetName(type, "横浜中華街珍味飯店 みなとみらいグランモール本店", style, 490, {});
  CHECK(two.line_count() == 2);
  std::string longest;
  for (int i = 0; i < 100; ++i) longest += "鷹";
  const auto block = SetName(type, longest, style, 490, {});
  CHECK(block.line_count() <= 3);
  CHECK(block.width() <= 490);
}

TEST_CASE("fonts have the characters of names, and a gap is noticed") {
  REQUIRE(UseSheetFonts().ok());
  Typesetter type;

  for (const char* character : {"髙", "﨑", "𠮷", "葛\U000E0100", "𩸽", "𪚥", "한", "请", "ế", "ไ",
                                "न", "ع", "🍜", "㈱", "~", "〓"}) {
    CHECK(type.CanDraw(character));
  }
  CHECK_FALSE(type.CanDraw("🧋"));
  CHECK_FALSE(type.TakeMissingGlyph());
  type.Set("🧋", {}, 100);
  CHECK(type.TakeMissingGlyph());
  CHECK_FALSE(type.TakeMissingGlyph());
  type.Set("🧋", {}, 100);
  CHECK(type.TakeMissingGlyph());
}

}  // namespace
}  // namespace oshirase::registry::pdf

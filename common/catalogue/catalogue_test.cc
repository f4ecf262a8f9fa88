#include "common/catalogue/catalogue.h"

#include <catch2/catch.hpp>

namespace oshirase::catalogue {
namespace {

Catalogue BuiltIn() {
  auto catalogue = LoadBuiltIn();
  INFO(catalogue.status().ToString());
  REQUIRE(catalogue.ok());
  return *std::move(catalogue);
}

TEST_CASE("a text is given in the language asked for") {
  const Text text(Text::Words{{"ja", "換気"}, {"ja-easy", "空気"}, {"en", "air"}, {"ko", "환기"}});

  CHECK(text.In("ja") == "換気");
  CHECK(text.In("ja-easy") == "空気");
  CHECK(text.In("en") == "air");
  CHECK(text.In("ko") == "환기");
}

TEST_CASE("a language without the text reads English, easy Japanese reads Japanese") {
  const Text text(Text::Words{{"ja", "換気"}, {"en", "air"}});

  CHECK(text.In("vi") == "air");
  CHECK(text.In("ja-easy") == "換気");
  CHECK(text.In("xx") == "air");
}

TEST_CASE("a text in Japanese alone is read by everybody") {
  const Text text(Text::Words{{"ja", "換気"}});

  CHECK(text.In("en") == "換気");
  CHECK(text.In("vi") == "換気");
  CHECK(text.In("ja-easy") == "換気");
}

TEST_CASE("an industry is found by its kind and has its name, stay and measures") {
  const Catalogue catalogue = BuiltIn();

  const Industry* const karaoke = catalogue.FindIndustry("karaoke");

  REQUIRE(karaoke != nullptr);
  CHECK(karaoke->name.In("ja") == "カラオケ");
  CHECK(karaoke->name.In("pt") == "Karaokê");
  CHECK(karaoke->stay == absl::Hours(3));
  CHECK(karaoke->measures.front()->id == "karaoke-room-half");
  CHECK(karaoke->measures.back()->id == "common-info-qr");
}

TEST_CASE("a measure is found by its id and knows its group") {
  const Catalogue catalogue = BuiltIn();

  const Measure* const measure = catalogue.FindMeasure("common-mic-clean");

  REQUIRE(measure != nullptr);
  CHECK(measure->text.In("ja") == "マイクは、使う人が替わるたびに消毒します");
  CHECK(measure->group->name.In("ja") == "清掃・衛生");
  CHECK_FALSE(measure->retired);
}

TEST_CASE("what the catalogue does not have is not found") {
  const Catalogue catalogue = BuiltIn();

  CHECK(catalogue.FindIndustry("") == nullptr);
  CHECK(catalogue.FindIndustry("Restaurant") == nullptr);
  CHECK(catalogue.FindMeasure("") == nullptr);
  CHECK(catalogue.FindMeasure("restaurant") == nullptr);
}

TEST_CASE("a measure found stays valid when the catalogue is moved") {
  Catalogue first = BuiltIn();
  const Measure* const measure = first.FindMeasure("common-info-qr");
  const Industry* const industry = first.FindIndustry("bar");

  const Catalogue second = std::move(first);

  CHECK(second.FindMeasure("common-info-qr") == measure);
  CHECK(second.FindIndustry("bar") == industry);
  CHECK(industry->measures.back() == measure);
  CHECK(measure->group == &second.groups().back());
}

}  // namespace
}  // namespace oshirase::catalogue

#include "services/gateway/i18n/words.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "common/time/japan_time.h"
#include "services/gateway/i18n/dates.h"

namespace oshirase::gateway {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

std::string Problem(const Files& files) {
  const auto words = Words::Parse(files);
  return words.ok() ? "" : std::string(words.status().message());
}

TEST_CASE("the words compiled in are the same in every language, with the same places") {
  const auto words = Words::BuiltIn();
  INFO(words.status().message());
  REQUIRE(words.ok());
  CHECK(words->Get(Language::kJapanese, "site.language_name") == "日本語");
  CHECK(words->Get(Language::kEnglish, "site.language_name") == "English");
  CHECK(words->Has("title.register"));
  CHECK_FALSE(words->Has("title.nowhere"));
}

TEST_CASE("a word takes values in its places, and an unknown key shows itself") {
  const auto words = Words::Parse({{"ja/a.json", R"({"b": "{max}文字まで、{name}さん"})"},
                                   {"ja-easy/a.json", R"({"b": "{name}さん {max}まで"})"},
                                   {"en/a.json", R"({"b": "{max} at most, {name}{max}"})"}});
  REQUIRE(words.ok());
  CHECK(words->Format(Language::kEnglish, "a.b", {{"max", "3"}, {"name", "{max}"}}) ==
        "3 at most, {max}3");
  CHECK(words->Format(Language::kJapanese, "a.b", {}) == "文字まで、さん");
  CHECK(words->Get(Language::kJapanese, "a.c") == "a.c");
  CHECK(PlacesOf("{b} {a} {b}") == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a language that lacks a key, has one of its own or other places is told by its key") {
  const std::pair<std::string, std::string> ja = {"ja/a.json", R"({"b": "{x}"})"};
  const std::pair<std::string, std::string> easy = {"ja-easy/a.json", R"({"b": "{x}"})"};
  CHECK(Problem({ja, easy, {"en/a.json", R"({"b": "{x}"})"}}).empty());
  CHECK(absl::StrContains(Problem({ja, easy}), "en"));
  CHECK(absl::StrContains(Problem({ja, easy, {"en/a.json", "{}"}}), "en lacks a.b"));
  CHECK(absl::StrContains(Problem({ja, easy, {"en/a.json", R"({"b": "{x}", "c": ""})"}}), "a.c"));
  CHECK(absl::StrContains(Problem({ja, easy, {"en/a.json", R"({"b": "{y}"})"}}), "places in a.b"));
  CHECK(absl::StrContains(Problem({ja, easy, {"en/a.json", "[]"}}), "en/a.json"));
  CHECK(absl::StrContains(Problem({ja, easy, {"en/a.json", R"({"b": 1})"}}), "no text"));
  CHECK(absl::StrContains(Problem({{"fr/a.json", "{}"}}), "fr"));
}

TEST_CASE("an unknown language is Japanese") {
  CHECK(LanguageNamed("en") == Language::kEnglish);
  CHECK(LanguageNamed("ja-easy") == Language::kEasyJapanese);
  for (const char* code : {"", "EN", "fr", "../en"}) {
    CHECK(LanguageNamed(code) == Language::kJapanese);
  }
}

TEST_CASE("times are in Japan and as the language writes them") {
  const absl::Time time = *ParseJapanTime("2020-06-01T19:02");
  CHECK(DateAndTime(Language::kJapanese, time) == "2020年6月1日(月) 19:02");
  CHECK(DateAndTime(Language::kEnglish, time) == "Mon, 1 Jun 2020, 19:02");
  CHECK(DateOnly(Language::kJapanese, time) == "2020年6月1日(月)");
  CHECK(DateOnly(Language::kEnglish, time) == "Mon, 1 Jun 2020");
}

}  // namespace
}  // namespace oshirase::gateway

#include <catch2/catch.hpp>

#include "common/catalogue/catalogue.h"
#include "common/status/errors.h"
#include "nlohmann/json.hpp"

namespace oshirase::catalogue {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

// Two groups, three measures and one industry: the smallest catalogue in which everything occurs.
Json Small() {
  return Json::parse(R"json({
    "version": "2026-11",
    "languages": ["ja", "en"],
    "groups": [
      {"id": "hands", "name": {"ja": "手洗い", "en": "Hands"}},
      {"id": "cleaning", "name": {"ja": "清掃"}}
    ],
    "measures": [
      {"id": "soap", "group": "hands", "text": {"ja": "手を洗います", "en": "We wash hands"}},
      {"id": "mop", "group": "cleaning", "text": {"ja": "床をふきます"}},
      {"id": "steam", "group": "cleaning", "text": {"ja": "蒸します"}, "retired": true}
    ],
    "industries": [
      {
        "kind": "bath", "stay_minutes": 90,
        "name": {"ja": "浴場"}, "example": {"ja": "例：銭湯"},
        "measures": ["soap", "mop"]
      }
    ]
  })json");
}

// What is wrong with `json`, a line each.
std::vector<std::string> ProblemsOf(const std::string& json) {
  const auto catalogue = ParseCatalogue(json);
  if (catalogue.ok()) return {};
  CHECK(catalogue.status().code() == absl::StatusCode::kInvalidArgument);
  CHECK(ReasonOf(catalogue.status()) == "CATALOGUE_INVALID");
  std::vector<std::string> lines;
  for (const auto& violation : FieldViolationsOf(catalogue.status())) {
    lines.push_back(violation.field + " " + violation.description);
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("a catalogue is read with its order, references and fallbacks") {
  const auto catalogue = ParseCatalogue(Small().dump());

  REQUIRE(catalogue.ok());
  CHECK(catalogue->version() == "2026-11");
  CHECK(catalogue->languages() == Lines{"ja", "en"});
  CHECK(catalogue->groups()[1].id == "cleaning");
  const Industry& bath = catalogue->industries().at(0);
  CHECK(bath.stay == absl::Minutes(90));
  CHECK_FALSE(bath.has_own_end);
  CHECK(bath.example.In("en") == "例：銭湯");
  CHECK(bath.measures.at(1) == catalogue->FindMeasure("mop"));
  CHECK(bath.measures.at(1)->group == &catalogue->groups()[1]);
}

TEST_CASE("a retired measure is still found by its id") {
  const auto catalogue = ParseCatalogue(Small().dump());

  REQUIRE(catalogue.ok());
  REQUIRE(catalogue->FindMeasure("steam") != nullptr);
  CHECK(catalogue->FindMeasure("steam")->retired);
}

TEST_CASE("an industry may have its own end") {
  Json json = Small();
  json["industries"][0]["own_end"] = true;

  const auto catalogue = ParseCatalogue(json.dump());

  REQUIRE(catalogue.ok());
  CHECK(catalogue->industries()[0].has_own_end);
}

TEST_CASE("each wrong value is refused at its place") {
  struct Case {
    std::string pointer;  // what to change
    Json value;
    std::string problem;
  };
  const auto wrong = GENERATE(values<Case>({
      {"/version", 2026, "version must be a string that is not empty"},
      {"/version", "2026 11",
       "version must be lower-case letters, digits and hyphens between them"},
      {"/languages/0", 7, "languages[0] must be a language tag"},
      {"/languages/2", "en", "languages[2] is listed twice"},
      {"/colour", "red", "colour is not known"},
      {"/groups/0/id", "Hands",
       "groups[Hands].id must be lower-case letters, digits and hyphens "
       "between them"},
      {"/groups/0", "hands", "groups[0] must be an object"},
      {"/groups/1/name", "清掃", "groups[cleaning].name must be an object of texts by language"},
      {"/groups/1/name/fr", "Nettoyage", "groups[cleaning].name.fr is not one of the languages"},
      {"/groups/1/name/ja", "", "groups[cleaning].name.ja must be a string that is not empty"},
      {"/measures/1/id", "mop-",
       "measures[mop-].id must be lower-case letters, digits and hyphens "
       "between them"},
      {"/measures/1/id", "soap", "measures[1].id \"soap\" is used twice"},
      {"/measures/1/group", "floors", "measures[mop].group must be the id of a group"},
      {"/measures/1/text", {{"en", "We mop"}}, "measures[mop].text.ja is missing"},
      {"/measures/1/text/en", 5, "measures[mop].text.en must be a string that is not empty"},
      {"/measures/1/txet", "", "measures[mop].txet is not known"},
      {"/measures/2/retired", "yes", "measures[steam].retired must be true or false"},
      {"/industries/0/stay_minutes", 0,
       "industries[bath].stay_minutes must be a whole number from 1 to 720"},
      {"/industries/0/stay_minutes", 721,
       "industries[bath].stay_minutes must be a whole number from 1 to 720"},
      {"/industries/0/stay_minutes", 1.5,
       "industries[bath].stay_minutes must be a whole number from 1 to 720"},
      {"/industries/0/own_end", 1, "industries[bath].own_end must be true or false"},
      {"/industries/0/measures", Json::array(),
       "industries[bath].measures must be a list that is not empty"},
      {"/industries/0/measures/1", "broom",
       "industries[bath].measures[1] must be the id of a "
       "measure"},
      {"/industries/0/measures/1", 3, "industries[bath].measures[1] must be the id of a measure"},
      {"/industries/0/measures/1", "soap", "industries[bath].measures[1] is listed twice"},
      {"/industries/0/measures/1", "steam", "industries[bath].measures[1] is retired"},
  }));
  Json json = Small();
  json[Pointer(wrong.pointer)] = wrong.value;

  INFO(wrong.pointer);
  CHECK_THAT(ProblemsOf(json.dump()), Catch::VectorContains(wrong.problem));
}

TEST_CASE("each missing member is named") {
  const auto [object, member, place] = GENERATE(table<std::string, std::string, std::string>({
      {"", "version", "version is missing"},
      {"", "languages", "languages is missing"},
      {"", "groups", "groups is missing"},
      {"", "measures", "measures is missing"},
      {"", "industries", "industries is missing"},
      {"/groups/0", "id", "groups[0].id is missing"},
      {"/groups/0", "name", "groups[hands].name must be an object of texts by language"},
      {"/measures/0", "id", "measures[0].id is missing"},
      {"/measures/0", "group", "measures[soap].group is missing"},
      {"/measures/0", "text", "measures[soap].text must be an object of texts by language"},
      {"/industries/0", "kind", "industries[0].kind is missing"},
      {"/industries/0", "stay_minutes", "industries[bath].stay_minutes is missing"},
      {"/industries/0", "name", "industries[bath].name must be an object of texts by language"},
      {"/industries/0", "example",
       "industries[bath].example must be an object of texts by language"},
      {"/industries/0", "measures", "industries[bath].measures is missing"},
  }));
  Json json = Small();
  json[Pointer(object)].erase(member);

  CHECK_THAT(ProblemsOf(json.dump()), Catch::VectorContains(place));
}

TEST_CASE("Japanese must be the first language") {
  Json json = Small();
  json["languages"] = {"en", "ja"};

  CHECK(ProblemsOf(json.dump()) == Lines{"languages[0] must be \"ja\""});
}

TEST_CASE("an industry's measures out of the order of the groups are refused") {
  Json json = Small();
  json["industries"][0]["measures"] = {"mop", "soap"};

  CHECK(ProblemsOf(json.dump()) ==
        Lines{"industries[bath].measures[1] stands behind a measure of a later group"});
}

TEST_CASE("all problems are reported at once") {
  Json json = Small();
  json["version"] = "";
  json["measures"][0]["text"]["en"] = "";
  json["industries"][0]["stay_minutes"] = "2 h";

  CHECK(ProblemsOf(json.dump()) ==
        Lines{"version must be a string that is not empty",
              "measures[soap].text.en must be a string that is not empty",
              "industries[bath].stay_minutes must be a whole number from 1 to 720"});
}

TEST_CASE("a key given twice is refused, in a list and in an object") {
  std::string json = Small().dump();
  json.replace(json.find(R"("ja":"床をふきます")"), 0, R"("ja":"窓をふきます",)");
  json.replace(json.find(R"("version")"), 0, R"("version":"1",)");

  CHECK(ProblemsOf(json) == Lines{"measures[1].text.ja is given twice", "version is given twice"});
}

TEST_CASE("a text that is not JSON is refused with the line of the mistake") {
  CHECK(ProblemsOf("{\n  \"version\": \"1\",\n  \"languages\" [\n}") ==
        Lines{"line 3 is not JSON"});
  CHECK(ProblemsOf("") == Lines{"line 1 is not JSON"});
  CHECK(ProblemsOf("{\"version\": \"\xff\"}") == Lines{"line 1 is not JSON"});
}

TEST_CASE("JSON that is no object is refused") {
  CHECK(ProblemsOf("[]") == Lines{"line 1 must begin an object"});
  CHECK(ProblemsOf("7") == Lines{"line 1 must begin an object"});
}

}  // namespace
}  // namespace oshirase::catalogue

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/catalogue/catalogue.h"

// The rules of catalogue.json that are about its structure. Those about its words are in
// built_in_wording_test.cc.
namespace oshirase::catalogue {
namespace {

const Catalogue& BuiltIn() {
  static const auto catalogue = LoadBuiltIn();
  INFO(catalogue.status().ToString());
  REQUIRE(catalogue.ok());
  return *catalogue;
}

TEST_CASE("there are twenty industries with their usual stay") {
  const std::vector<std::pair<std::string, int>> expected{
      {"restaurant", 2}, {"bar", 3},       {"livehouse", 3},   {"cinema", 3}, {"karaoke", 3},
      {"gym", 2},        {"shop", 1},      {"supermarket", 1}, {"hotel", 12}, {"beauty", 2},
      {"bath", 2},       {"museum", 2},    {"library", 3},     {"school", 4}, {"event", 12},
      {"sports", 3},     {"amusement", 4}, {"transport", 1},   {"clinic", 2}, {"office", 4}};

  std::vector<std::pair<std::string, int>> actual;
  for (const Industry& industry : BuiltIn().industries()) {
    actual.emplace_back(industry.kind, absl::ToInt64Hours(industry.stay));
    CHECK(industry.stay == absl::Hours(actual.back().second));
  }

  CHECK(actual == expected);
}

TEST_CASE("only an event has its own end") {
  for (const Industry& industry : BuiltIn().industries()) {
    CHECK(industry.has_own_end == (industry.kind == "event"));
  }
}

TEST_CASE("the catalogue speaks the seven languages of the service") {
  CHECK(BuiltIn().languages() ==
        std::vector<std::string>{"ja", "ja-easy", "en", "zh-Hans", "ko", "pt", "vi"});
}

TEST_CASE("the version names a month") {
  const std::string& version = BuiltIn().version();

  CHECK_THAT(version, Catch::Matches("20[0-9]{2}-(0[1-9]|1[0-2])(-[2-9])?"));
}

TEST_CASE("each industry has 8 to 15 measures, each of them once") {
  for (const Industry& industry : BuiltIn().industries()) {
    INFO(industry.kind);
    CHECK(industry.measures.size() >= 8);
    CHECK(industry.measures.size() <= 15);
    CHECK(std::set(industry.measures.begin(), industry.measures.end()).size() ==
          industry.measures.size());
  }
}

TEST_CASE("each industry has at least four measures of its own") {
  for (const Industry& industry : BuiltIn().industries()) {
    int own = 0;
    for (const Measure* measure : industry.measures) {
      own += absl::StartsWith(measure->id, absl::StrCat(industry.kind, "-")) ? 1 : 0;
    }
    INFO(industry.kind);
    CHECK(own >= 4);
  }
}

TEST_CASE("each industry has something for every way of infection, and asks visitors to check in") {
  for (const Industry& industry : BuiltIn().industries()) {
    std::set<std::string> groups;
    for (const Measure* measure : industry.measures) groups.insert(measure->group->id);
    for (const std::string group :
         {"distance", "masks", "hands", "ventilation", "cleaning", "staff-health", "information"}) {
      INFO(industry.kind << " " << group);
      CHECK(groups.contains(group));
    }
    CHECK(industry.measures.back()->id == "common-info-qr");
  }
}

TEST_CASE("the groups are the eight of the certificate, and each has measures") {
  std::map<std::string, int> measures_of;
  for (const Industry& industry : BuiltIn().industries()) {
    for (const Measure* measure : industry.measures) ++measures_of[measure->group->id];
  }

  std::vector<std::string> groups;
  for (const Group& group : BuiltIn().groups()) {
    groups.push_back(group.id);
    CHECK(measures_of[group.id] > 0);
  }

  CHECK(groups == std::vector<std::string>{"distance", "masks", "hands", "ventilation", "cleaning",
                                           "staff-health", "payment", "information"});
}

TEST_CASE(
    "every measure that is not retired is offered, by the industry in its id unless it is common") {
  std::map<std::string, std::set<std::string>> industries_of;
  for (const Industry& industry : BuiltIn().industries()) {
    for (const Measure* measure : industry.measures) {
      industries_of[measure->id].insert(industry.kind);
    }
  }

  for (const Measure& measure : BuiltIn().measures()) {
    const std::string prefix = measure.id.substr(0, measure.id.find('-'));
    INFO(measure.id);
    CHECK((prefix == "common" || BuiltIn().FindIndustry(prefix) != nullptr));
    if (measure.retired) continue;
    CHECK_FALSE(industries_of[measure.id].empty());
    CHECK((prefix == "common" || industries_of[measure.id].contains(prefix)));
  }
}

}  // namespace
}  // namespace oshirase::catalogue

#include "services/gateway/forms/postal_codes.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "services/gateway/testing/test_directory.h"

namespace oshirase::gateway {
namespace {

struct Fixture {
  TestDirectory directory;

  absl::StatusOr<PostalCodes> Open(const std::string& content) const {
    const std::string path = directory.File("codes");
    std::ofstream(path, std::ios::trunc) << content;
    return PostalCodes::Open(path);
  }
};

constexpr char kLines[] =
    "0040000\t北海道\t札幌市厚別区\t\n"
    "0040000\t北海道\t札幌市清田区\t\n"
    "2310005\t神奈川県\t横浜市中区\t本町\n"
    "4520961\t愛知県\t清須市\t春日一番割\n"
    "4520961\t愛知県\t清須市\t春日二番割\n"
    "9998531\t山形県\t飽海郡遊佐町\t菅里\n";

TEST_CASE("every code is found, the first and the last included, and no other") {
  const auto codes = Fixture().Open(kLines);
  REQUIRE(codes.ok());
  CHECK(codes->Find("0040000").size() == 2);
  CHECK(codes->Find("2310005") == std::vector<PostalPlace>{{"神奈川県", "横浜市中区", "本町"}});
  CHECK(codes->Find("4520961").size() == 2);
  CHECK(codes->Find("9998531").at(0).town == "菅里");
  for (const char* code : {"0000000", "0040001", "2310004", "2310006", "9999999", "", "231", "x"}) {
    CHECK(codes->Find(code).empty());
  }
}

TEST_CASE("each of many codes is found") {
  std::string lines;
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&lines, 1000000 + 7 * i, "\tA\tB\t", i, "\n");
  const auto codes = Fixture().Open(lines);
  REQUIRE(codes.ok());
  for (int i = 0; i < 1000; ++i) {
    const auto places = codes->Find(absl::StrCat(1000000 + 7 * i));
    REQUIRE(places.size() == 1);
    CHECK(places[0].town == absl::StrCat(i));
    CHECK(codes->Find(absl::StrCat(1000001 + 7 * i)).empty());
  }
}

TEST_CASE("an address has what all places of a code share") {
  const auto codes = Fixture().Open(kLines);
  REQUIRE(codes.ok());
  const PostalAddress one = codes->AddressOf("2310005", "神奈川県");
  CHECK(one.municipality == "横浜市中区");
  CHECK(one.town == "本町");
  CHECK_FALSE(one.several_towns);
  CHECK(codes->AddressOf("2310005", "東京都").municipality == "神奈川県横浜市中区");

  const PostalAddress towns = codes->AddressOf("4520961", "愛知県");
  CHECK(towns.municipality == "清須市");
  CHECK(towns.town.empty());
  CHECK(towns.several_towns);

  const PostalAddress cities = codes->AddressOf("0040000", "北海道");
  CHECK(cities.municipality.empty());
  CHECK(cities.several_towns);
  CHECK(codes->AddressOf("1111111", "北海道").municipality.empty());
}

TEST_CASE("the codes stay readable after the file's name is gone, and in copies") {
  PostalCodes kept;
  CHECK(kept.empty());
  {
    const Fixture fixture;
    kept = *fixture.Open(kLines);
  }
  CHECK_FALSE(kept.empty());
  CHECK(kept.Find("2310005").size() == 1);
}

TEST_CASE("what is no such file is refused") {
  const Fixture fixture;
  for (const char* content : {"", "hello\n", "2310005,神奈川県,横浜市中区,本町\n",
                              "2310005\t神奈川県\t横浜市中区\t本町"}) {
    CHECK(absl::IsInvalidArgument(fixture.Open(content).status()));
  }
  CHECK_FALSE(PostalCodes::Open(fixture.directory.File("none")).ok());
  CHECK_FALSE(PostalCodes::Open("/").ok());
  CHECK(PostalCodes().Find("2310005").empty());
}

}  // namespace
}  // namespace oshirase::gateway

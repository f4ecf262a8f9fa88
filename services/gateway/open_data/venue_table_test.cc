#include "services/gateway/open_data/venue_table.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/open_data/prefecture_code.h"

namespace oshirase::gateway {
namespace {

const Publisher kPublisher = {"神奈川県", "140007", "https://oshirase.example"};

TEST_CASE("prefectures have the codes of the ministry's list") {
  CHECK(PrefectureCode("北海道") == "010006");
  CHECK(PrefectureCode("東京都") == "130001");
  CHECK(PrefectureCode("神奈川県") == "140007");
  CHECK(PrefectureCode("大阪府") == "270008");
  CHECK(PrefectureCode("沖縄県") == "470007");
  CHECK(PrefectureCode("横浜市").empty());
}

TEST_CASE("a venue has every column in CSV and JSON, empty where it has no value") {
  ListedVenue venue = {.name = "食堂",
                       .kind = "restaurant",
                       .municipality = "横浜市中区",
                       .address = "本町1-1",
                       .certificate_number = ids::NewPublicNumber(),
                       .issue_time = absl::FromUnixSeconds(1606780800)};
  const auto json = nlohmann::json::parse(VenueJson(venue, kPublisher));
  CHECK(json.size() == VenueColumns().size());
  CHECK(json["全国地方公共団体コード"] == "140007");
  CHECK(json["所在地_連結表記"] == "神奈川県横浜市中区本町1-1");
  CHECK(json["取組書発行日"] == "2020-12-01");
  CHECK(json["現地確認日"] == "");
  CHECK(json["開始日時"] == "");
  venue.event_start = absl::FromUnixSeconds(1606780800);
  CHECK(nlohmann::json::parse(VenueJson(venue, kPublisher))["開始日時"] ==
        "2020-12-01T09:00:00+09:00");
  CHECK(absl::StartsWith(VenueCsvHead(), "全国地方公共団体コード,ID,"));
  CHECK(absl::StrContains(VenueCsvRow(venue, kPublisher), ",横浜市中区,本町1-1,"));
}

TEST_CASE("bytes that are no text do not break the JSON") {
  const ListedVenue venue = {.name = "\xFF\"\n", .certificate_number = ids::NewPublicNumber()};
  CHECK(nlohmann::json::parse(VenueJson(venue, kPublisher))["名称"] == "\uFFFD\"\n");
}

}  // namespace
}  // namespace oshirase::gateway

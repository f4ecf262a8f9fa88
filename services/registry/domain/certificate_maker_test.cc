#include "services/registry/domain/certificate_maker.h"

#include <catch2/catch.hpp>
#include <functional>

#include "common/ids/public_number.h"
#include "services/registry/testing/example_venue.h"

namespace oshirase::registry {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'607'580'000);

struct Scene {
  Venue venue = ExampleVenue(kNow);
  const CertificateMaker& maker = ExampleCertificates();
  IssuedCertificate first = maker.First(venue, kNow);
};

std::vector<std::string> NewOnes(const IssuedCertificate& certificate) {
  std::vector<std::string> texts;
  for (const auto& measure : certificate.sheet.measures) {
    if (measure.is_new) texts.push_back(measure.text);
  }
  return texts;
}

TEST_CASE("the first certificate says everything there is to say, and nothing is new on it") {
  const Scene scene;

  CHECK(ids::ParsePublicNumber(scene.first.number).ok());
  CHECK(scene.first.version == 1);
  CHECK(scene.first.issue_time == kNow);
  const SheetFacts& sheet = scene.first.sheet;
  CHECK(sheet.prefecture_name == "みほん県");
  CHECK(sheet.venue_address == "横浜市中区日本大通1");
  CHECK(sheet.kind_name == "飲食店");
  REQUIRE(sheet.measures.size() == 3);
  CHECK(sheet.measures[0].group_name == "マスク");
  CHECK(sheet.measures[0].text == "従業員はマスクを着けます");
  CHECK(sheet.measures[2].text == "窓を開けています");
  CHECK(NewOnes(scene.first).empty());
}

TEST_CASE("measures stand in the order of the catalogue, whatever order they were ticked in") {
  Scene scene;
  scene.venue.details.measure_ids = {"ventilation", "masks-staff"};

  CHECK(scene.maker.First(scene.venue, kNow).sheet.measures == scene.first.sheet.measures);
}

TEST_CASE("what the certificate before lacked is new on the next, and old on the one after") {
  Scene scene;
  scene.venue.details.measure_ids.emplace_back("masks-guests");
  scene.venue.details.own_measures.emplace_back("消毒液があります");

  const auto second = scene.maker.After(scene.first, scene.venue, kNow);
  const auto third = scene.maker.After(second, scene.venue, kNow);

  CHECK(second.version == 2);
  CHECK(NewOnes(second) ==
        std::vector<std::string>{"お客様にマスクをお願いします", "消毒液があります"});
  CHECK(NewOnes(third).empty());
  CHECK(second.number != third.number);
}

TEST_CASE("a change needs a new certificate exactly when the sheet shows it") {
  const std::vector<std::pair<std::function<void(VenueDetails&)>, bool>> changes = {
      {[](auto& d) { d.name = "新"; }, true},
      {[](auto& d) { d.address = "2"; }, true},
      {[](auto& d) { d.kind = "cinema"; }, true},
      {[](auto& d) { d.measure_ids.pop_back(); }, true},
      {[](auto& d) { d.own_measures = {"消毒"}; }, true},
      {[](auto& d) { d.own_measures.clear(); }, true},
      {[](auto& d) { std::swap(d.measure_ids[0], d.measure_ids[1]); }, false},
      {[](auto& d) { d.name_consent = !d.name_consent; }, false},
      {[](auto& d) { d.listed = true; }, false},
      {[](auto& d) { d.phone = ""; }, false},
      {[](auto& d) { d.kana = ""; }, false},
      {[](auto& d) { d.business_name = ""; }, false},
  };
  for (const auto& [change, needs_new] : changes) {
    Scene scene;
    change(scene.venue.details);
    CHECK(scene.maker.NeedsNew(scene.first, scene.venue) == needs_new);
  }
}

TEST_CASE("another date of an event needs a new certificate") {
  Scene scene;
  scene.venue.details = ExampleEvent(kNow);
  const auto first = scene.maker.First(scene.venue, kNow);
  CHECK_FALSE(scene.maker.NeedsNew(first, scene.venue));
  *scene.venue.details.event_end += absl::Hours(1);

  CHECK(scene.maker.NeedsNew(first, scene.venue));
}

TEST_CASE("better words in the catalogue, or another prefecture, are no change of the venue") {
  Scene scene;
  scene.first.sheet.prefecture_name = "旧県";
  for (auto& measure : scene.first.sheet.measures) {
    if (!measure.id.empty()) measure.text = "以前の文";
  }

  CHECK_FALSE(scene.maker.NeedsNew(scene.first, scene.venue));
}

TEST_CASE("a measure that was retired meanwhile stays on the sheet") {
  Scene scene;
  scene.venue.details.measure_ids.emplace_back("gloves");

  const auto sheet = scene.maker.First(scene.venue, kNow).sheet;

  REQUIRE(sheet.measures.size() == 4);
  CHECK(sheet.measures[2].text == "手袋を着けます");
}

TEST_CASE("after a withdrawal no change of the business brings a new certificate") {
  Scene scene;
  scene.first.state = CertificateState::kWithdrawn;
  scene.venue.details.name = "新";

  CHECK_FALSE(scene.maker.NeedsNew(scene.first, scene.venue));
}

}  // namespace
}  // namespace oshirase::registry

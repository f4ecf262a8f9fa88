#include "tools/authority/entry_details.h"

#include "absl/strings/match.h"
#include "common/status/errors.h"
#include "google/protobuf/util/message_differencer.h"
#include "tests/support/status_matchers.h"
#include "tools/authority/detail_fields.h"

namespace oshirase::authority {
namespace {

using google::protobuf::util::MessageDifferencer;
using registry::v1::VenueDetails;

VenueDetails Example() {
  VenueDetails details;
  details.set_name("居酒屋たけ");
  details.set_kind("event");
  details.set_postal_code("2310005");
  details.set_address("本町1-1");
  details.set_email("owner@example.jp");
  details.add_measure_ids("masks-staff");
  details.add_own_measures("窓を開ける, いつも");
  details.mutable_event_start_time()->set_seconds(1590937200);
  details.set_listed(true);
  return details;
}

TEST_CASE("every detail of the contract has its words") {
  const auto* descriptor = VenueDetails::descriptor();
  REQUIRE(static_cast<size_t>(descriptor->field_count()) == kDetailFields.size());
  for (const auto& field : kDetailFields) {
    INFO(field.name);
    CHECK(descriptor->FindFieldByName(field.name) != nullptr);
  }
}

TEST_CASE("what is printed can be read back") {
  const auto shown = nlohmann::json{
      {"details", DetailsJson(Example())}, {"revision", 4}, {"changes", nlohmann::json::array()}};

  const auto file = ReadEntryFile(shown.dump());

  REQUIRE_OK(file);
  CHECK(MessageDifferencer::Equals(file->details, Example()));
  CHECK(file->revision == 4);
  CHECK_FALSE(ReadEntryFile(DetailsJson(Example()).dump())->revision.has_value());
}

TEST_CASE("everything that is wrong with a file is told at once") {
  const auto status =
      ReadEntryFile(R"({"details": {"nmae": "x", "name": 1, "listed": "yes", "measure_ids": [1],
                        "event_end_time": "tomorrow"}, "revision": -1})")
          .status();

  CHECK(ReasonOf(status) == "WRONG_USE");
  for (const char* part : {"nmae", "name", "listed", "measure_ids", "event_end_time", "revision"}) {
    INFO(part);
    CHECK(absl::StrContains(std::string(status.message()), part));
  }
  for (const char* text : {"", "[]", "{", "{\"details\": 1}", "null"}) {
    INFO(text);
    CHECK(ReasonOf(ReadEntryFile(text).status()) == "WRONG_USE");
  }
}

TEST_CASE("settings change what they name and nothing else") {
  auto details = Example();

  REQUIRE_OK(
      ApplySettings({"name=たけ=2号店", "listed=いいえ", "measure_ids=a,b", "own_measures=一",
                     "own_measures=二, 三", "event_start_time=", "phone="},
                    details));

  CHECK(details.name() == "たけ=2号店");
  CHECK_FALSE(details.listed());
  CHECK(details.measure_ids_size() == 2);
  REQUIRE(details.own_measures_size() == 2);
  CHECK(details.own_measures(1) == "二, 三");
  CHECK_FALSE(details.has_event_start_time());
  CHECK(details.address() == "本町1-1");
}

TEST_CASE("an empty setting empties a list; a wrong one is told") {
  auto details = Example();

  CHECK_OK(ApplySettings({"own_measures="}, details));
  CHECK(details.own_measures().empty());
  for (const char* setting : {"name", "nmae=x", "listed=perhaps", "event_end_time=noon", "=x"}) {
    INFO(setting);
    CHECK(ReasonOf(ApplySettings({setting}, details)) == "WRONG_USE");
  }
}

TEST_CASE("details are bounded before they are sent") {
  auto details = Example();
  details.set_name("　たけ ");
  details.set_postal_code("231-0005");
  REQUIRE_OK(CheckDetails(details));
  CHECK(details.name() == "たけ");
  CHECK(details.postal_code() == "2310005");

  details.set_name(std::string(101, 'x'));
  details.set_kana("a\x1b[31m");
  details.set_kind("nothing");
  details.clear_email();
  for (int i = 0; i < 30; ++i) details.add_own_measures("m");
  const auto status = CheckDetails(details);
  for (const char* part : {"施設名", "フリガナ", "業種", "メールアドレス", "30"}) {
    INFO(part);
    CHECK(absl::StrContains(std::string(status.message()), part));
  }
}

TEST_CASE("differences are told in the officer's words") {
  auto after = Example();
  after.set_name("たけ");
  after.set_kind("bar");
  after.set_listed(false);

  const auto differences = DifferencesOf(Example(), after);

  REQUIRE(differences.size() == 3);
  CHECK(differences[0].label == "施設名");
  CHECK(differences[0].after == "たけ");
  CHECK(differences[1].after != "bar");
  CHECK(differences[2].before == "はい");
  CHECK(DifferencesOf(Example(), Example()).empty());
}

}  // namespace
}  // namespace oshirase::authority

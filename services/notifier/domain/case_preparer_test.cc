#include "services/notifier/domain/case_preparer.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "common/ids/public_number.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/notifier/domain/statement_check.h"
#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kNoon = TestNoon();

struct World {
  Scene scene;
  CasePreparer preparer{{scene.cases, scene.registry, scene.line, [] { return kNoon; }},
                        {.prefecture = "神奈川県",
                         .consultation_phone = "045-000-0000",
                         .public_url = "https://example.jp"}};

  PrepareRequest Request() {
    return {.exposures = {scene.MakeExposure(1, kNoon - absl::Hours(3), kNoon - absl::Hours(2))}};
  }
};

std::string TextIn(const PreparedCase& prepared) {
  const auto messages = nlohmann::json::parse(prepared.messages.at(0).line_messages_json);
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].at("type") == "text");
  return messages[0].at("text").get<std::string>();
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("the message says who speaks, what to do, whom to call, and how to check it") {
  World world;

  const auto prepared = world.preparer.Prepare(world.Request());

  REQUIRE_OK(prepared);
  const std::string text = TextIn(*prepared);
  CHECK(Contains(text, "神奈川県からのお知らせ"));
  CHECK(Contains(text, "感染したという意味ではありません"));
  CHECK(Contains(text, "健康状態"));
  CHECK(Contains(text, "045-000-0000"));
  CHECK(Contains(text, "公開"));
  CHECK(Contains(text, ids::FormatPublicNumber({prepared->notice_number})));
  CHECK(Contains(text, "https://example.jp/notices/" + prepared->notice_number));
  CHECK_FALSE(Contains(text, "訓練"));
  CHECK_FALSE(Contains(text, "{{"));
  CHECK_FALSE(Contains(text, "対象の施設"));
  CHECK(prepared->template_name == "inform");
  CHECK(prepared->messages[0].language == "ja");
}

TEST_CASE("a drill says so first and last, and asks nobody to call") {
  World world;
  auto request = world.Request();
  request.drill = true;

  const auto prepared = world.preparer.Prepare(request);

  REQUIRE_OK(prepared);
  const std::string text = TextIn(*prepared);
  CHECK(text.rfind("【訓練】", 0) == 0);
  CHECK(Contains(text.substr(text.size() - 60), "【訓練】"));
  CHECK(Contains(text, "お電話も不要"));
  CHECK_FALSE(Contains(text, "{{"));
}

TEST_CASE("the number is reserved, and the messages fit a case") {
  World world;
  const auto prepared = world.preparer.Prepare(world.Request());
  REQUIRE_OK(prepared);
  CHECK_CODE(world.scene.cases.ReserveNoticeNumber(prepared->notice_number, kNoon),
             absl::StatusCode::kAlreadyExists);
  Statement statement;
  statement.message_digests = {{"ja", crypto::Sha256(prepared->messages[0].line_messages_json)}};

  CHECK(MatchDigests(statement, prepared->messages));
}

TEST_CASE("venues are named only when each of them agreed") {
  World world;
  auto request = world.Request();
  request.name_venues = true;
  SECTION("it did") {
    world.scene.registry.AddVenue({TestVenue(1), "喫茶 \"{{phone}}\"", true});
    const auto prepared = world.preparer.Prepare(request);
    REQUIRE_OK(prepared);
    CHECK(Contains(TextIn(*prepared), "対象の施設: 喫茶 \"{{phone}}\""));
  }
  SECTION("it did not") {
    world.scene.registry.AddVenue({TestVenue(1), "喫茶", false});
    CHECK(ReasonOf(world.preparer.Prepare(request).status()) == "NAME_WITHOUT_CONSENT");
  }
  SECTION("nobody knows it") {
    CHECK(ReasonOf(world.preparer.Prepare(request).status()) == "CASE_INVALID");
  }
}

TEST_CASE("LINE is asked with the very messages that are signed") {
  World world;
  const auto prepared = world.preparer.Prepare(world.Request());
  REQUIRE_OK(prepared);

  CHECK(
      world.scene.line.validated() ==
      std::vector<std::string>{"{\"messages\":" + prepared->messages[0].line_messages_json + "}"});
}

TEST_CASE("a message that LINE refuses and a LINE that is away are told apart") {
  World world;
  const auto reason = [&](const LineAnswer& answer) {
    world.scene.line.Script({{answer, false}});
    return ReasonOf(world.preparer.Prepare(world.Request()).status());
  };

  CHECK(reason(Answered(400, "A message (messages[0]) is invalid")) == "MESSAGE_REFUSED");
  CHECK(reason(Answered(500)) == "LINE_UNAVAILABLE");
  CHECK(reason(Answered(401)) == "LINE_UNAVAILABLE");
  CHECK(reason(NoAnswer()) == "LINE_UNAVAILABLE");
  CHECK(reason(NotSent()) == "LINE_UNAVAILABLE");
}

TEST_CASE("unknown templates, wrong exposures and unknown corrected cases are refused") {
  World world;
  auto request = world.Request();
  request.template_name = "poem";
  CHECK(ReasonOf(world.preparer.Prepare(request).status()) == "TEMPLATE_NOT_FOUND");
  request = world.Request();
  request.exposures.clear();
  CHECK(ReasonOf(world.preparer.Prepare(request).status()) == "CASE_INVALID");
  request = world.Request();
  request.corrects_case_id = ids::NewUuid();
  CHECK(ReasonOf(world.preparer.Prepare(request).status()) == "CASE_NOT_FOUND");
}

TEST_CASE("every template fits LINE's limit of 5,000 UTF-16 units with room for names") {
  for (const MessageTemplate& message_template : BuiltInTemplates()) {
    // Every character here is one unit and at most three bytes.
    CHECK(message_template.text.size() < 3 * 2000);
  }
}

}  // namespace
}  // namespace oshirase::notifier

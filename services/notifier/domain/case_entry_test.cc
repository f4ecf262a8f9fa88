#include "services/notifier/domain/case_entry.h"

#include <catch2/catch.hpp>
#include <functional>

#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/statement_check.h"
#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kNoon = TestNoon();

std::vector<Exposure> OneHour(Scene& scene) {
  return {scene.MakeExposure(1, kNoon - absl::Hours(3), kNoon - absl::Hours(2))};
}

// Whether a statement changed like this is refused, with a violation of `field` (or below it).
bool IsRefused(const std::function<void(Statement&)>& change, const std::string& field) {
  Scene scene;
  Statement statement = scene.MakeStatement(OneHour(scene));
  change(statement);
  const auto entered = scene.Submit(statement);
  if (ReasonOf(entered.status()) != "CASE_INVALID") return false;
  for (const FieldViolation& violation : ViolationsOf(entered.status())) {
    if (violation.field.rfind(field, 0) == 0) return true;
  }
  return false;
}

// Submits a case with these messages, whatever they say, correctly digested and signed.
absl::Status SubmitWith(Scene& scene, Statement statement, const std::vector<Message>& messages) {
  statement.message_digests.clear();
  for (const Message& message : messages) {
    statement.message_digests.push_back(
        {message.language, crypto::Sha256(message.line_messages_json)});
  }
  const std::string bytes = scene.Encode(statement);
  return scene.process()
      .entry
      .Submit("officer-a",
              {bytes, scene.Sign("officer-a", crypto::SignatureRole::kSubmit, bytes), messages})
      .status();
}

TEST_CASE("a case is stored as it was signed") {
  Scene scene;
  const Statement statement = scene.MakeStatement(OneHour(scene));

  const auto entered = scene.Submit(statement);

  REQUIRE_OK(entered);
  const auto file = scene.cases.GetFile(entered->case_id);
  REQUIRE_OK(file);
  CHECK(file->messages == Scene::MessagesOf(statement));
  CHECK(file->signatures.size() == 1);
  CHECK(file->summary.submitted_by == "officer-a");
  CHECK(file->summary.notice_number == statement.notice_number);
}

TEST_CASE("the same statement under the same request id is entered once") {
  Scene scene;
  const Statement statement = scene.MakeStatement(OneHour(scene));
  const std::string bytes = scene.Encode(statement);
  const CaseToEnter entered{bytes, scene.Sign("officer-a", crypto::SignatureRole::kSubmit, bytes),
                            Scene::MessagesOf(statement)};

  const auto first = scene.process().entry.Submit("officer-a", entered);
  const auto second = scene.process().entry.Submit("officer-a", entered);

  REQUIRE_OK(first);
  REQUIRE_OK(second);
  CHECK(first->case_id == second->case_id);
}

TEST_CASE("another statement under a used request id is refused") {
  Scene scene;
  Statement statement = scene.MakeStatement(OneHour(scene));
  REQUIRE_OK(scene.Submit(statement));
  statement.case_ref = "K-2";

  CHECK(ReasonOf(scene.Submit(statement).status()) == "REQUEST_ID_REUSED");
}

TEST_CASE("a statement that breaks a rule is refused by the name of its field") {
  CHECK(IsRefused([](Statement& s) { s.case_ref = ""; }, "case_ref"));
  CHECK(IsRefused([](Statement& s) { s.case_ref = "症例1"; }, "case_ref"));
  CHECK(IsRefused([](Statement& s) { s.case_ref = std::string(41, 'K'); }, "case_ref"));
  CHECK(IsRefused([](Statement& s) { s.request_id = "1"; }, "request_id"));
  CHECK(IsRefused([](Statement& s) { s.notice_number = "0000000000001"; }, "notice_number"));
  CHECK(IsRefused([](Statement& s) { s.exposures.clear(); }, "exposures"));
  CHECK(IsRefused([](Statement& s) { s.expire_time = kNoon; }, "expire_time"));
  CHECK(IsRefused([](Statement& s) { s.expire_time = kNoon + absl::Hours(25); }, "expire_time"));
  CHECK(IsRefused([](Statement& s) { s.template_name = ""; }, "template"));
  CHECK(IsRefused([](Statement& s) { s.template_version = 0; }, "template_version"));
  CHECK(IsRefused([](Statement& s) { s.message_digests.clear(); }, "message"));
  CHECK(IsRefused([](Statement& s) { s.message_digests[0].sha256[0] ^= 1; }, "messages[0]"));
  CHECK(IsRefused([](Statement& s) { s.message_digests.push_back({"en", {}}); }, "messages"));
  CHECK(IsRefused([](Statement& s) { s.corrects_case_id = "x"; }, "corrects_case_id"));
}

TEST_CASE("an exposure that breaks a limit is refused by the name of its field") {
  const auto refused = [](const std::function<void(Exposure&)>& change, const std::string& field) {
    return IsRefused([&](Statement& s) { change(s.exposures[0]); }, "exposures[0]." + field);
  };
  CHECK(refused([](Exposure& e) { e.venue_id.value = "shop"; }, "venue_id"));
  CHECK(refused([](Exposure& e) { e.to = e.from; }, "to_time"));
  CHECK(refused([](Exposure& e) { e.to = kNoon + absl::Seconds(1); }, "to_time"));
  CHECK(
      refused([](Exposure& e) { e.from = e.to - absl::Hours(24) - absl::Seconds(1); }, "to_time"));
  CHECK(refused([](Exposure& e) { e.from += absl::Milliseconds(1); }, "from_time"));
  CHECK(refused([](Exposure& e) { e.stay = absl::Seconds(59); }, "stay_seconds"));
  CHECK(refused([](Exposure& e) { e.stay = absl::Hours(12) + absl::Seconds(1); }, "stay_seconds"));
  CHECK(refused([](Exposure& e) { e.linger = -absl::Seconds(1); }, "linger_seconds"));
  CHECK(
      refused([](Exposure& e) { e.linger = absl::Hours(3) + absl::Seconds(1); }, "linger_seconds"));
  CHECK(refused(
      [](Exposure& e) {
        e.from -= absl::Hours(24 * 22);
        e.to -= absl::Hours(24 * 22);
      },
      "from_time"));
}

TEST_CASE("more than twenty venues are refused") {
  CHECK(IsRefused(
      [](Statement& s) {
        const Exposure first = s.exposures[0];
        for (int venue = 2; venue <= 21; ++venue) {
          s.exposures.push_back(first);
          s.exposures.back().venue_id = TestVenue(venue);
        }
      },
      "exposures"));
}

TEST_CASE("a notice number that was not given out, or is another case's, is refused") {
  Scene scene;
  Statement first = scene.MakeStatement(OneHour(scene));
  REQUIRE_OK(scene.Submit(first));
  Statement second = scene.MakeStatement(OneHour(scene));
  second.notice_number = first.notice_number;

  CHECK(ReasonOf(SubmitWith(scene, second, Scene::MessagesOf(second))) == "CASE_INVALID");
}

TEST_CASE("a drill may be entered by an identity of the drill, a real case may not") {
  Scene scene;
  scene.registry.AddVenue({.venue_id = TestVenue(1), .drill = true});
  for (const bool drill : {false, true}) {
    const Statement statement = scene.MakeStatement(OneHour(scene), drill);
    const std::string bytes = scene.Encode(statement);
    const auto entered = scene.process().entry.Submit(
        "driller", {bytes, scene.Sign("driller", crypto::SignatureRole::kSubmit, bytes),
                    Scene::MessagesOf(statement)});
    CHECK(entered.ok() == drill);
  }
}

TEST_CASE("messages that were not rendered here are refused, however well they are signed") {
  Scene scene;
  Statement statement = scene.MakeStatement(OneHour(scene));
  auto messages = Scene::MessagesOf(statement);
  SECTION("another text") { messages[0].line_messages_json = R"([{"type":"text","text":"振込"}])"; }
  SECTION("a space more") { messages[0].line_messages_json += " "; }
  SECTION("a message more") { messages.push_back({"en", messages[0].line_messages_json}); }
  SECTION("another language") { messages[0].language = "en"; }
  SECTION("the text of a drill") {
    Statement drill = statement;
    drill.drill = true;
    messages = Scene::MessagesOf(drill);
  }
  SECTION("another version of the template") { ++statement.template_version; }

  CHECK(ReasonOf(SubmitWith(scene, statement, messages)) == "MESSAGES_NOT_RENDERED");
  CHECK(scene.db.Actions() == std::vector<std::string>{"case.submit.refused"});
}

TEST_CASE("a template that nobody has is refused") {
  Scene scene;
  Statement statement = scene.MakeStatement(OneHour(scene));
  statement.template_name = "poem";

  CHECK(ReasonOf(SubmitWith(scene, statement, {{"ja", R"([{"type":"text"}])"}})) ==
        "TEMPLATE_NOT_FOUND");
}

TEST_CASE("messages name venues only with the name that the registry has, and with consent") {
  Scene scene;
  const Statement statement = scene.MakeStatement(OneHour(scene));
  scene.registry.AddVenue({TestVenue(1), "喫茶", true});
  const auto prepared =
      scene.process().preparer.Prepare({.exposures = statement.exposures, .name_venues = true});
  REQUIRE_OK(prepared);
  Statement named = statement;
  named.notice_number = prepared->notice_number;
  REQUIRE(prepared->messages != Scene::MessagesOf(named));

  SECTION("as it is") { CHECK_OK(SubmitWith(scene, named, prepared->messages)); }
  SECTION("without consent") {
    scene.registry.AddVenue({TestVenue(1), "喫茶", false});
    CHECK(ReasonOf(SubmitWith(scene, named, prepared->messages)) == "MESSAGES_NOT_RENDERED");
  }
  SECTION("the registry is away") {
    scene.registry.FailNext(absl::OkStatus());  // asked for the officer first
    scene.registry.FailNext(absl::UnavailableError("down"));
    CHECK_CODE(SubmitWith(scene, named, prepared->messages), absl::StatusCode::kUnavailable);
  }
  SECTION("another name") {
    scene.registry.AddVenue({TestVenue(1), "酒場", true});
    CHECK(ReasonOf(SubmitWith(scene, named, prepared->messages)) == "MESSAGES_NOT_RENDERED");
  }
}

TEST_CASE("a drill names drill venues, and corrects drills") {
  Scene scene;
  const auto real = scene.Submit(scene.MakeStatement(OneHour(scene)));
  REQUIRE_OK(real);
  Statement drill = scene.MakeStatement(OneHour(scene), true);
  scene.registry.AddVenue({.venue_id = TestVenue(1)});
  CHECK(ReasonOf(scene.Submit(drill).status()) == "DRILL_MISMATCH");

  scene.registry.AddVenue({.venue_id = TestVenue(1), .drill = true});
  drill.corrects_case_id = real->case_id;
  CHECK(ReasonOf(scene.Submit(drill).status()) == "CASE_NOT_FOUND");
  drill.corrects_case_id.clear();
  CHECK_OK(scene.Submit(drill));
}

TEST_CASE("bytes that are no statement are refused and audited") {
  Scene scene;
  const auto entered = scene.process().entry.Submit(
      "officer-a", {"junk", scene.Sign("officer-a", crypto::SignatureRole::kSubmit, "junk"), {}});

  CHECK(ReasonOf(entered.status()) == "CASE_INVALID");
  CHECK(scene.db.Actions() == std::vector<std::string>{"case.submit.refused"});
}

TEST_CASE("a failing neighbour enters nothing") {
  Scene scene;
  const Statement statement = scene.MakeStatement(OneHour(scene));
  SECTION("registry") { scene.registry.FailNext(absl::UnavailableError("down")); }
  SECTION("checkin") { scene.checkin.FailNext(absl::UnavailableError("down")); }
  SECTION("database") { scene.db.FailNext(absl::UnavailableError("down")); }

  CHECK_CODE(scene.Submit(statement), absl::StatusCode::kUnavailable);

  CHECK(scene.db.Actions().empty());
  REQUIRE_OK(scene.Submit(statement));
}

TEST_CASE("signatures needed grow with windows and venues") {
  const Exposure hour{.venue_id = TestVenue(1), .from = kNoon, .to = kNoon + absl::Hours(1)};
  std::vector<Exposure> exposures(12, hour);
  CHECK(SignaturesNeeded(exposures, 0) == 2);
  exposures.push_back(hour);
  CHECK(SignaturesNeeded(exposures, 0) == 3);

  exposures.clear();
  for (int venue = 1; venue <= 5; ++venue) {
    exposures.push_back(hour);
    exposures.back().venue_id = TestVenue(venue);
  }
  CHECK(SignaturesNeeded(exposures, 5000) == 2);
  CHECK(SignaturesNeeded(exposures, 5001) == 3);
  exposures.push_back(hour);
  exposures.back().venue_id = TestVenue(6);
  CHECK(SignaturesNeeded(exposures, 0) == 3);
}

}  // namespace
}  // namespace oshirase::notifier

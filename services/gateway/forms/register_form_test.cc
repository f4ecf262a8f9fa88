#include "services/gateway/forms/register_form.h"

#include <catch2/catch.hpp>
#include <functional>

#include "absl/strings/str_cat.h"
#include "common/time/japan_time.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/forms/register_draft.h"

namespace oshirase::gateway {
namespace {

const catalogue::Catalogue& BuiltIn() {
  static const catalogue::Catalogue catalogue = *catalogue::LoadBuiltIn();
  return catalogue;
}

RegisterForm Good() {
  return {.kind = "restaurant",
          .name = "みなと食堂",
          .kana = "みなとしょくどう",
          .postal_code = "231-0005",
          .municipality = "横浜市中区",
          .address = "本町1",
          .phone = "045-210-1111",
          .measure_ids = {"common-air-30min"},
          .measures = "手指の消毒\n換気",
          .business_name = "みなと商店",
          .email = "minato@example.jp"};
}

std::vector<FormProblem> Check(const RegisterForm& form) {
  std::vector<FormProblem> problems;
  for (const RegisterStep step : kAskingSteps) {
    for (FormProblem& problem : CheckStep(form, step, BuiltIn())) {
      CHECK(StepOf(problem.field) == step);
      problems.push_back(std::move(problem));
    }
  }
  return problems;
}

std::string Repeat(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST_CASE("a good form has no problems and says what was typed") {
  RegisterForm form = Good();
  form.listed = true;
  CHECK(Check(form).empty());

  const VenueDetails details = ToVenueDetails(form);
  CHECK(details.name == "みなと食堂");
  CHECK(details.postal_code == "2310005");
  CHECK(details.municipality == "横浜市中区");
  CHECK(details.measure_ids == std::vector<std::string>{"common-air-30min"});
  CHECK(details.own_measures == std::vector<std::string>{"手指の消毒", "換気"});
  CHECK(details.business_name == "みなと商店");
  CHECK(details.listed);
  CHECK_FALSE(details.name_consent);
  CHECK_FALSE(details.event_start);
}

TEST_CASE("only kind, name, address, one measure and mail are required") {
  RegisterForm form;
  form.name = "A";
  form.kind = "shop";
  form.address = "B";
  form.email = "a@b.jp";
  form.measures = "C";
  CHECK(Check(form).empty());
  std::vector<std::string> missing;
  for (const FormProblem& problem : Check({})) missing.push_back(problem.field);
  CHECK(missing == std::vector<std::string>{"kind", "name", "address", "measure_ids", "email"});
}

TEST_CASE("each wrong field is named, and only it") {
  using Change = std::function<void(RegisterForm&)>;
  const auto words = Words::BuiltIn();
  REQUIRE(words.ok());
  const struct {
    const char* field;
    Change change;
  } cases[] = {
      {"name", [](RegisterForm& f) { f.name = Repeat("あ", 101); }},
      {"kana", [](RegisterForm& f) { f.kana = "港"; }},
      {"kana", [](RegisterForm& f) { f.kana = Repeat("あ", 101); }},
      {"kind", [](RegisterForm& f) { f.kind = "castle"; }},
      {"kind", [](RegisterForm& f) { f.kind = "' OR 1=1"; }},
      {"postal_code", [](RegisterForm& f) { f.postal_code = "231-858"; }},
      {"postal_code", [](RegisterForm& f) { f.postal_code = "231a8588"; }},
      {"municipality", [](RegisterForm& f) { f.municipality = Repeat("あ", 41); }},
      {"address", [](RegisterForm& f) { f.address = Repeat("あ", 201); }},
      {"phone", [](RegisterForm& f) { f.phone = "12"; }},
      {"phone", [](RegisterForm& f) { f.phone = "でんわ"; }},
      {"phone", [](RegisterForm& f) { f.phone = Repeat("0", 5000); }},
      {"business_name", [](RegisterForm& f) { f.business_name = Repeat("あ", 101); }},
      {"email", [](RegisterForm& f) { f.email = "a"; }},
      {"email", [](RegisterForm& f) { f.email = "a@b"; }},
      {"email", [](RegisterForm& f) { f.email = "a@b@c.jp"; }},
      {"email", [](RegisterForm& f) { f.email = "a b@c.jp"; }},
      {"email", [](RegisterForm& f) { f.email = "<a@c.jp>"; }},
      {"email", [](RegisterForm& f) { f.email = Repeat("a", 250) + "@b.jp"; }},
      {"measure_ids", [](RegisterForm& f) { f.measures = Repeat("換気\n", 29) + "x"; }},
      {"measures", [](RegisterForm& f) { f.measures = Repeat("あ", 101); }},
  };
  for (const auto& [field, change] : cases) {
    RegisterForm form = Good();
    change(form);
    const auto problems = Check(form);
    INFO(field);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == field);
    CHECK(words->Has(problems[0].word));
  }
}

TEST_CASE("lengths are counted in characters as a reader sees them") {
  RegisterForm form = Good();
  form.name = Repeat("👨‍👩‍👧", 100);
  CHECK(Check(form).empty());
}

TEST_CASE("an event needs a start and a later end, at most 31 days apart, in Japan time") {
  RegisterForm form = Good();
  form.kind = "event";
  const auto problem = [&form](const std::string& start, const std::string& end) {
    form.event_start_time = start;
    form.event_end_time = end;
    std::string found;
    for (const FormProblem& at : Check(form)) absl::StrAppend(&found, at.word, " ");
    return found;
  };
  CHECK(problem("", "") == "field.event_start_time_missing field.event_end_time_missing ");
  CHECK(problem("2020-12-01T10:00", "later") == "field.event_end_time_missing ");
  CHECK(problem("2020-12-01T10:00", "2020-12-01T10:00") == "field.event_end_time_early ");
  CHECK(problem("2020-12-01T10:00", "2021-01-01T10:01") == "field.event_end_time_late ");
  CHECK(problem("2020-12-01T10:00", "2021-01-01T10:00").empty());
  CHECK(*ToVenueDetails(form).event_start == *ParseJapanTime("2020-12-01T10:00"));
  CHECK(*ToVenueDetails(form).event_end == *ParseJapanTime("2021-01-01T10:00"));
}

TEST_CASE("numbers are accepted in full width") {
  RegisterForm form = Good();
  form.postal_code = "２３１－０００５";
  form.phone = "０４５（２１０）１１１１";
  CHECK(Check(form).empty());
  CHECK(ToVenueDetails(form).postal_code == "2310005");
}

TEST_CASE("reading a page cleans each line, drops empty measures and leaves other pages alone") {
  RegisterForm form = Good();
  MergeForm({{"name", " みなと\n食堂 "}, {"measures", "換気\r\n\r\n 消毒 \r\n"}}, BuiltIn(), form);
  CHECK(form.name == "みなと 食堂");
  CHECK(form.measures == "換気\n消毒");
  CHECK(form.email == "minato@example.jp");
  CHECK(form.measure_ids.size() == 1);
}

TEST_CASE("boxes that were not ticked count only when their page was sent") {
  RegisterForm form = Good();
  form.listed = true;
  MergeForm({{"step", "venue"}}, BuiltIn(), form);
  CHECK(form.listed);
  CHECK(form.measure_ids.size() == 1);
  MergeForm({{"step", "contact"}, {"name_consent", "yes"}}, BuiltIn(), form);
  CHECK_FALSE(form.listed);
  CHECK(form.name_consent);
  MergeForm({{"step", "measures"}}, BuiltIn(), form);
  CHECK(form.measure_ids.empty());
}

TEST_CASE("measures of another industry and dates without an event are dropped") {
  RegisterForm form = Good();
  MergeForm({{"measure_ids", "bar-music"},
             {"measure_ids", "common-air-30min"},
             {"measure_ids", "<script>"},
             {"event_start_time", "2020-12-01T10:00"}},
            BuiltIn(), form);
  CHECK(form.measure_ids == std::vector<std::string>{"common-air-30min"});
  CHECK(form.event_start_time.empty());
}

TEST_CASE("the same answers of one flow are one registration, any other is another") {
  const crypto::SecretKey key = crypto::SecretKey::Random();
  const RegisterDraft draft = {"flow", Good()};
  RegisterDraft changed = draft;
  changed.form.listed = true;
  CHECK(RequestIdOf(key, draft) == RequestIdOf(key, {"flow", Good()}));
  CHECK(RequestIdOf(key, draft) != RequestIdOf(key, {"other", Good()}));
  CHECK(RequestIdOf(key, draft) != RequestIdOf(key, changed));
  CHECK(RequestIdOf(key, draft).size() == 36);
}

TEST_CASE("a draft comes back as it was sealed") {
  const SealedText seal(crypto::SecretKey::Random(), "test", absl::Hours(1),
                        [] { return absl::UnixEpoch(); });
  const auto opened = OpenDraft(seal, SealDraft(seal, {"flow", Good()}));
  REQUIRE(opened.ok());
  CHECK(opened->flow_id == "flow");
  CHECK(opened->form == Good());
  const auto mail =
      OpenSentMail(seal, SealSentMail(seal, {"a@b.jp", absl::FromUnixSeconds(7), "1-2"}));
  REQUIRE(mail.ok());
  CHECK(mail->email == "a@b.jp");
  CHECK(mail->expire_time == absl::FromUnixSeconds(7));
  CHECK(mail->receipt_number == "1-2");
}

}  // namespace
}  // namespace oshirase::gateway

#include "services/gateway/forms/register_form.h"

#include <catch2/catch.hpp>
#include <functional>

#include "absl/strings/str_cat.h"
#include "common/time/japan_time.h"
#include "services/gateway/forms/venue_kinds.h"

namespace oshirase::gateway {
namespace {

RegisterForm Good() {
  RegisterForm form;
  form.name = "みなと食堂";
  form.kana = "みなとしょくどう";
  form.kind = "restaurant";
  form.postal_code = "231-8588";
  form.address = "横浜市中区日本大通1";
  form.phone = "045-210-1111";
  form.email = "minato@example.jp";
  form.measures = "手指の消毒\n換気";
  return form;
}

std::string Repeat(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST_CASE("a good form has no problems and says what was typed") {
  RegisterForm form = Good();
  form.listed = true;
  CHECK(CheckRegisterForm(form).empty());

  const VenueDetails details = ToVenueDetails(form);
  CHECK(details.name == "みなと食堂");
  CHECK(details.postal_code == "2318588");
  CHECK(details.measures == std::vector<std::string>{"手指の消毒", "換気"});
  CHECK(details.listed);
  CHECK_FALSE(details.name_consent);
  CHECK_FALSE(details.event_start);
}

TEST_CASE("only name, kind, address and mail are required") {
  RegisterForm form;
  form.name = "A";
  form.kind = "shop";
  form.address = "B";
  form.email = "a@b.jp";
  CHECK(CheckRegisterForm(form).empty());
  CHECK(ToVenueDetails(form).measures.empty());
  std::vector<std::string> missing;
  for (const FormProblem& problem : CheckRegisterForm({})) missing.push_back(problem.field);
  CHECK(missing == std::vector<std::string>{"name", "kind", "address", "email"});
}

TEST_CASE("each wrong field is named, and only it") {
  using Change = std::function<void(RegisterForm&)>;
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
      {"address", [](RegisterForm& f) { f.address = Repeat("あ", 201); }},
      {"phone", [](RegisterForm& f) { f.phone = "12"; }},
      {"phone", [](RegisterForm& f) { f.phone = "でんわ"; }},
      {"phone", [](RegisterForm& f) { f.phone = Repeat("0", 5000); }},
      {"email", [](RegisterForm& f) { f.email = "a"; }},
      {"email", [](RegisterForm& f) { f.email = "a@b"; }},
      {"email", [](RegisterForm& f) { f.email = "a@b@c.jp"; }},
      {"email", [](RegisterForm& f) { f.email = "a b@c.jp"; }},
      {"email", [](RegisterForm& f) { f.email = "<a@c.jp>"; }},
      {"email", [](RegisterForm& f) { f.email = Repeat("a", 250) + "@b.jp"; }},
      {"measures", [](RegisterForm& f) { f.measures = Repeat("換気\n", 30) + "x"; }},
      {"measures", [](RegisterForm& f) { f.measures = Repeat("あ", 101); }},
      {"event_start_time", [](RegisterForm& f) { f.event_start_time = "2020-12-01T10:00"; }},
  };
  for (const auto& [field, change] : cases) {
    RegisterForm form = Good();
    change(form);
    const auto problems = CheckRegisterForm(form);
    INFO(field);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == field);
    CHECK_FALSE(problems[0].message.empty());
  }
}

TEST_CASE("lengths are counted in characters as a reader sees them") {
  RegisterForm form = Good();
  form.name = Repeat("👨‍👩‍👧", 100);
  CHECK(CheckRegisterForm(form).empty());
}

TEST_CASE("an event needs a start and a later end, at most 31 days apart, in Japan time") {
  RegisterForm form = Good();
  form.kind = "event";
  const auto problem = [&form](const std::string& start, const std::string& end) {
    form.event_start_time = start;
    form.event_end_time = end;
    std::string fields;
    for (const FormProblem& found : CheckRegisterForm(form))
      absl::StrAppend(&fields, found.field, " ");
    return fields;
  };
  CHECK(problem("", "") == "event_start_time event_end_time ");
  CHECK(problem("2020-12-01T10:00", "later") == "event_end_time ");
  CHECK(problem("2020-12-01T10:00", "2020-12-01T10:00") == "event_end_time ");
  CHECK(problem("2020-12-01T10:00", "2021-01-01T10:01") == "event_end_time ");
  CHECK(problem("2020-12-01T10:00", "2021-01-01T10:00").empty());
  CHECK(*ToVenueDetails(form).event_start == *ParseJapanTime("2020-12-01T10:00"));
  CHECK(*ToVenueDetails(form).event_end == *ParseJapanTime("2021-01-01T10:00"));
}

TEST_CASE("numbers are accepted in full width") {
  RegisterForm form = Good();
  form.postal_code = "２３１－８５８８";
  form.phone = "０４５（２１０）１１１１";
  CHECK(CheckRegisterForm(form).empty());
  CHECK(ToVenueDetails(form).postal_code == "2318588");
}

TEST_CASE("reading a form cleans each line and drops empty measures") {
  FormBody body = {{"name", " みなと\n食堂 "},
                   {"measures", "換気\r\n\r\n 消毒 \r\n"},
                   {"listed", "yes"},
                   {"name_consent", "1"},
                   {"drill", "yes"}};
  const RegisterForm form = ReadRegisterForm(body);
  CHECK(form.name == "みなと 食堂");
  CHECK(form.measures == "換気\n消毒");
  CHECK(form.listed);
  CHECK_FALSE(form.name_consent);
}

TEST_CASE("there are twenty kinds, each with a label of its own") {
  CHECK(VenueKinds().size() == 20);
  CHECK(KindLabel("restaurant") == "飲食店");
  CHECK(KindLabel("").empty());
}

}  // namespace
}  // namespace oshirase::gateway

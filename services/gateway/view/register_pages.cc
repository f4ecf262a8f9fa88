#include "services/gateway/view/register_pages.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/gateway/forms/venue_kinds.h"
#include "services/gateway/view/register_fields.h"

namespace oshirase::gateway {
namespace {

namespace mustache = kainjow::mustache;
using Input = FieldView::Input;
using mustache::data;

std::string ProblemAt(const std::vector<FormProblem>& problems, const std::string& field) {
  for (const FormProblem& problem : problems) {
    if (problem.field == field) return problem.message;
  }
  return "";
}

data KindOptions(const std::string& chosen) {
  data options(data::type::list);
  for (const VenueKind& kind : VenueKinds()) {
    data option;
    option.set("kind", kind.kind);
    option.set("label", kind.label);
    option.set("selected", chosen == kind.kind);
    options.push_back(option);
  }
  return options;
}

data FormField(const FieldView& field, const RegisterForm& form, const std::string& problem) {
  data values;
  values.set("name", field.name);
  values.set("label", field.label);
  values.set("hint", field.hint);
  values.set("has_hint", *field.hint != '\0');
  values.set("required", field.required);
  values.set("problem", problem);
  values.set("has_problem", !problem.empty());
  std::string described = *field.hint == '\0' ? "" : absl::StrCat(field.name, "-hint");
  if (!problem.empty()) {
    absl::StrAppend(&described, described.empty() ? "" : " ", field.name, "-problem");
  }
  values.set("described", described);
  values.set("has_described", !described.empty());
  values.set("text", field.input == Input::kText);
  values.set("select", field.input == Input::kSelectKind);
  values.set("area", field.input == Input::kTextArea);
  values.set("checkbox", field.input == Input::kCheckbox);
  values.set("type", field.type);
  values.set("autocomplete", field.autocomplete);
  values.set("has_autocomplete", *field.autocomplete != '\0');
  values.set("inputmode", field.inputmode);
  values.set("has_inputmode", *field.inputmode != '\0');
  values.set("width", field.width);
  if (field.input == Input::kCheckbox) {
    values.set("checked", form.*field.flag);
  } else {
    values.set("value", form.*field.value);
  }
  if (field.input == Input::kSelectKind) values.set("options", KindOptions(form.*field.value));
  return values;
}

// What the check page says a field holds.
std::string AnswerOf(const FieldView& field, const RegisterForm& form) {
  if (field.input == Input::kCheckbox) return form.*field.flag ? "はい" : "いいえ";
  std::string value = form.*field.value;
  if (field.input == Input::kSelectKind) return KindLabel(value);
  if (std::string(field.type) == "datetime-local") {
    return absl::StrJoin(absl::StrSplit(value, 'T'), " ");
  }
  return value.empty() ? "入力なし" : value;
}

bool IsAsked(const FieldView& field, const RegisterForm& form) {
  return std::string(field.type) != "datetime-local" || form.kind == "event";
}

data Answer(const FieldView& field, const RegisterForm& form) {
  data values;
  values.set("name", field.name);
  values.set("label", field.label);
  data lines(data::type::list);
  const std::string answer = AnswerOf(field, form);
  for (const auto& line : absl::StrSplit(answer, '\n')) {
    data value;
    value.set("line", std::string(line));
    lines.push_back(value);
  }
  values.set("lines", lines);
  return values;
}

}  // namespace

HttpResponse RegisterFormPage(const Renderer& renderer, const RegisterForm& form,
                              const std::vector<FormProblem>& problems, const std::string& focus) {
  data fields(data::type::list);
  for (const FieldView& field : RegisterFields()) {
    data values = FormField(field, form, ProblemAt(problems, field.name));
    values.set("focus", focus == field.name);
    fields.push_back(values);
  }
  data summary(data::type::list);
  for (const FormProblem& problem : problems) {
    data values;
    values.set("name", problem.field);
    values.set("problem", problem.message);
    summary.push_back(values);
  }
  data values;
  values.set("fields", fields);
  values.set("problems", summary);
  values.set("has_problems", !problems.empty());
  return renderer.Render(problems.empty() ? 200 : 422, "register", std::move(values));
}

HttpResponse RegisterCheckPage(const Renderer& renderer, const RegisterForm& form,
                               const std::string& draft) {
  data answers(data::type::list);
  for (const FieldView& field : RegisterFields()) {
    if (IsAsked(field, form)) answers.push_back(Answer(field, form));
  }
  data values;
  values.set("answers", answers);
  values.set("draft", draft);
  return renderer.Render(200, "register_check", std::move(values));
}

HttpResponse RegisterAgainPage(const Renderer& renderer, const std::string& draft) {
  data values;
  values.set("draft", draft);
  return renderer.Render(503, "register_again", std::move(values));
}

HttpResponse RegisteredPageOf(const Renderer& renderer, const RegisteredPage& page) {
  data values;
  values.set("venue_name", page.venue_name);
  values.set("venue_code", page.venue_code);
  values.set("oa_message", page.oa_message);
  values.set("token", page.token);
  return renderer.Render(200, "registered", std::move(values));
}

}  // namespace oshirase::gateway

#include "services/gateway/view/fields.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace oshirase::gateway {

using kainjow::mustache::data;

FieldMaker::FieldMaker(const Words& words, Language language,
                       const std::vector<FormProblem>& problems, std::string focus)
    : words_(words), language_(language), problems_(problems), focus_(std::move(focus)) {}

std::string FieldMaker::Label(const FieldSpec& spec) const {
  return words_.Get(language_,
                    spec.label.empty() ? absl::StrCat("field.", spec.name, "_label") : spec.label);
}

std::string FieldMaker::ProblemAt(const std::string& field) const {
  for (const FormProblem& problem : problems_) {
    if (problem.field == field) return words_.Format(language_, problem.word, problem.values);
  }
  return "";
}

data FieldMaker::Common(const FieldSpec& spec) const {
  const std::string hint_word =
      spec.hint.empty() ? absl::StrCat("field.", spec.name, "_hint") : spec.hint;
  const bool has_hint = words_.Has(hint_word);
  const std::string problem = ProblemAt(spec.name);
  std::string described = has_hint ? absl::StrCat(spec.name, "-hint") : "";
  if (!problem.empty()) {
    absl::StrAppend(&described, described.empty() ? "" : " ", spec.name, "-problem");
  }
  data values;
  values.set("name", spec.name);
  values.set("label", Label(spec));
  values.set("has_hint", has_hint);
  if (has_hint) values.set("hint", words_.Format(language_, hint_word, spec.hint_values));
  values.set("required", spec.required);
  values.set("has_problem", !problem.empty());
  values.set("problem", problem);
  values.set("has_described", !described.empty());
  values.set("described", described);
  // The summary of problems has the focus, if there is one.
  values.set("focus", problems_.empty() && focus_ == spec.name);
  values.set("width", spec.width);
  return values;
}

data FieldMaker::Text(const FieldSpec& spec, const std::string& value) const {
  data values = Common(spec);
  values.set("text", true);
  values.set("value", value);
  values.set("type", spec.type);
  values.set("has_autocomplete", !spec.autocomplete.empty());
  values.set("autocomplete", spec.autocomplete);
  values.set("has_inputmode", !spec.inputmode.empty());
  values.set("inputmode", spec.inputmode);
  return values;
}

data FieldMaker::Area(const FieldSpec& spec, const std::string& value) const {
  data values = Common(spec);
  values.set("area", true);
  values.set("value", value);
  return values;
}

data FieldMaker::Checkbox(const FieldSpec& spec, bool checked) const {
  data values = Common(spec);
  values.set("checkbox", true);
  values.set("checked", checked);
  return values;
}

}  // namespace oshirase::gateway

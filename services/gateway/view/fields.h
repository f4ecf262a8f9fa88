// The fields of forms as pages/_field.html shows them. What a field is called is in the words
// "field.<name>_label" and "field.<name>_hint"; a field without a hint has no such word.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <vector>

#include "services/gateway/forms/form_problem.h"
#include "services/gateway/i18n/words.h"

namespace oshirase::gateway {

struct FieldSpec {
  std::string name;
  bool required = false;
  std::string type = "text";
  std::string autocomplete = "";
  std::string inputmode = "";
  std::string width = "long";  // "short", "medium" or "long": as long as what is expected.
  std::string label = "";      // The word, if it is not that of the name.
  std::string hint = "";       // Likewise.
  WordValues hint_values = {};
};

// Makes the fields of one page.
class FieldMaker {
 public:
  // What they refer to must outlive this. `focus` names the field to go to, if any.
  FieldMaker(const Words& words, Language language, const std::vector<FormProblem>& problems,
             std::string focus = "");

  kainjow::mustache::data Text(const FieldSpec& spec, const std::string& value) const;
  kainjow::mustache::data Area(const FieldSpec& spec, const std::string& value) const;
  kainjow::mustache::data Checkbox(const FieldSpec& spec, bool checked) const;

  std::string Label(const FieldSpec& spec) const;
  // What is wrong with the field, or "".
  std::string ProblemAt(const std::string& field) const;

 private:
  kainjow::mustache::data Common(const FieldSpec& spec) const;

  const Words& words_;
  const Language language_;
  const std::vector<FormProblem>& problems_;
  const std::string focus_;
};

}  // namespace oshirase::gateway

// The fields of the registration form as people see them, once for the form, its check page and
// its error summary.
#pragma once

#include <span>
#include <string>

#include "services/gateway/forms/register_form.h"

namespace oshirase::gateway {

struct FieldView {
  enum class Input { kText, kSelectKind, kTextArea, kCheckbox };
  const char* name;
  const char* label;
  const char* hint;  // "" for none.
  bool required;
  Input input;
  const char* type;          // Of a text input.
  const char* autocomplete;  // "" for none.
  const char* inputmode;     // "" for none.
  const char* width;         // "short", "medium" or "long".
  // The member that holds the value; a checkbox has `flag` instead.
  std::string RegisterForm::*value;
  bool RegisterForm::*flag;
};

// In the order of the page.
std::span<const FieldView> RegisterFields();

}  // namespace oshirase::gateway

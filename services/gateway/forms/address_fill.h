// The address that a form's postal code stands for, filled in as far as it is certain.
#pragma once

#include <string>
#include <vector>

#include "services/gateway/forms/form_problem.h"
#include "services/gateway/forms/postal_codes.h"
#include "services/gateway/forms/register_form.h"

namespace oshirase::gateway {

struct AddressFill {
  bool several_towns = false;         // The town is left to be typed.
  std::vector<FormProblem> problems;  // Of a code that stands for nothing.
};

AddressFill FillAddress(const PostalCodes& codes, const std::string& prefecture,
                        RegisterForm& form);

}  // namespace oshirase::gateway

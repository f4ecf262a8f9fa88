// What is wrong with a registration, page by page. The registry checks everything again; checking
// here tells people at once, in words for each case.
#pragma once

#include <string>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/forms/form_problem.h"
#include "services/gateway/forms/register_form.h"

namespace oshirase::gateway {

// The longest texts, in characters as a reader counts them, as the registry has them.
inline constexpr size_t kMaxNameLength = 100;
inline constexpr size_t kMaxMunicipalityLength = 40;
inline constexpr size_t kMaxAddressLength = 200;
inline constexpr size_t kMaxMeasureLength = 100;
inline constexpr size_t kMaxMeasures = 30;

// Everything wrong with what `step` asks for, in the order of its fields.
std::vector<FormProblem> CheckStep(const RegisterForm& form, RegisterStep step,
                                   const catalogue::Catalogue& catalogue);

// What is wrong with an e-mail address, if anything, as a problem of the field "email".
std::vector<FormProblem> CheckEmail(const std::string& email);

// The problem to show when the registry refuses a field that looked right here.
FormProblem RefusedField(const std::string& field);

}  // namespace oshirase::gateway

// The registration form: what was typed, what is wrong with it, and what it means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/gateway/backends/registry_client.h"
#include "services/gateway/forms/form_body.h"

namespace oshirase::gateway {

// The fields as typed, but for what nobody can see. Members are named as the fields are.
struct RegisterForm {
  std::string name;
  std::string kana;
  std::string kind;
  std::string postal_code;
  std::string address;
  std::string phone;
  std::string email;
  std::string measures;  // One a line.
  std::string event_start_time;
  std::string event_end_time;
  bool listed = false;
  bool name_consent = false;
};

// One problem, in the words shown both at the field and in the summary.
struct FormProblem {
  std::string field;
  std::string message;
};

// Reads the form's fields; unknown ones are ignored.
RegisterForm ReadRegisterForm(const FormBody& body);

// Everything wrong with `form`, in the order of the fields; nothing when it can be sent.
std::vector<FormProblem> CheckRegisterForm(const RegisterForm& form);

// What `form`, which has no problems, says.
VenueDetails ToVenueDetails(const RegisterForm& form);

// The problem to show when the registry refuses a field that looked right here.
FormProblem RefusedField(const std::string& field);

}  // namespace oshirase::gateway

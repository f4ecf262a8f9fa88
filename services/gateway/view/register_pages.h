// The pages of a registration: the form, its check page, and what comes after.
#pragma once

#include <string>
#include <vector>

#include "services/gateway/forms/register_form.h"
#include "services/gateway/http/message.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// GET /register, and again with what was typed: 200, or 422 with `problems`. `focus` names the
// field to go to, if any.
HttpResponse RegisterFormPage(const Renderer& renderer, const RegisterForm& form,
                              const std::vector<FormProblem>& problems, const std::string& focus);

// POST /register/check: everything typed, to be looked over. `draft` goes into a hidden field.
HttpResponse RegisterCheckPage(const Renderer& renderer, const RegisterForm& form,
                               const std::string& draft);

// When it is not known whether a registration arrived: the same draft can be sent again safely.
HttpResponse RegisterAgainPage(const Renderer& renderer, const std::string& draft);

// What GET /registered shows.
struct RegisteredPage {
  std::string venue_name;
  std::string venue_code;  // In groups of four.
  std::string oa_message;  // The address inside the QR.
  std::string token;       // For the addresses of the pictures.
};
HttpResponse RegisteredPageOf(const Renderer& renderer, const RegisteredPage& page);

}  // namespace oshirase::gateway

// What each step of the registration asks for, as values of its page.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/forms/register_form.h"
#include "services/gateway/view/fields.h"

namespace oshirase::gateway {

// Adds the values of pages/register.html, register_venue.html, ...
void AddIndustryValues(const RegisterForm& form, const catalogue::Catalogue& catalogue,
                       Language language, const FieldMaker& fields, kainjow::mustache::data& page);
void AddVenueValues(const RegisterForm& form, bool is_event, const FieldMaker& fields,
                    kainjow::mustache::data& page);
void AddMeasureValues(const RegisterForm& form, const catalogue::Industry& industry,
                      Language language, const FieldMaker& fields, kainjow::mustache::data& page);
void AddContactValues(const RegisterForm& form, bool ask_email, const FieldMaker& fields,
                      kainjow::mustache::data& page);

// The answers of one step, for the check page.
struct Answer {
  std::string field;
  std::string label;
  std::vector<std::string> lines;
};
std::vector<Answer> AnswersOf(RegisterStep step, const RegisterForm& form,
                              const catalogue::Catalogue& catalogue, const Words& words,
                              Language language);

}  // namespace oshirase::gateway

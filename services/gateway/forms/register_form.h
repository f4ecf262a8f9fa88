// The registration form: what was typed, on which of its short pages, and what it means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/forms/form_body.h"

namespace oshirase::gateway {

// The fields as typed, but for what nobody can see. Members are named as the fields are.
struct RegisterForm {
  std::string kind;
  std::string name;
  std::string kana;
  std::string event_start_time;
  std::string event_end_time;
  std::string postal_code;
  std::string municipality;
  std::string address;
  std::string phone;
  std::vector<std::string> measure_ids;
  std::string measures;  // In the business's own words, one a line.
  std::string business_name;
  std::string email;
  bool name_consent = false;
  bool listed = false;

  friend bool operator==(const RegisterForm&, const RegisterForm&) = default;
};

// The pages that ask, in their order, and the one that shows it all.
enum class RegisterStep { kIndustry, kVenue, kMeasures, kContact, kCheck };

inline constexpr RegisterStep kAskingSteps[] = {RegisterStep::kIndustry, RegisterStep::kVenue,
                                                RegisterStep::kMeasures, RegisterStep::kContact};

// "industry", "venue", "measures", "contact", "check": as in addresses and hidden fields.
const char* NameOf(RegisterStep step);

// The step that asks for `field`, kCheck for a field of none.
RegisterStep StepOf(std::string_view field);

// Writes what `body` holds over `form`. A box that was not ticked is not sent at all, so the boxes
// of a step count only when its "step" field says that the page was sent. Measures of another
// industry than the form's are dropped, and so are dates where there is no event.
void MergeForm(const FormBody& body, const catalogue::Catalogue& catalogue, RegisterForm& form);

// The measures in the business's own words, one each.
std::vector<std::string> OwnMeasures(const RegisterForm& form);

// Seven digits, or "" when `typed` is no postal code.
std::string PostalCodeDigits(const std::string& typed);

// A postal code as people write it, 231-0005; `typed` itself when it is none.
std::string PostalCodeInGroups(const std::string& typed);

// Whether the form is about an event, which has dates.
bool IsEvent(const RegisterForm& form, const catalogue::Catalogue& catalogue);

// What `form`, which has no problems, says.
VenueDetails ToVenueDetails(const RegisterForm& form);

// `details` as a form shows them, to be changed.
RegisterForm ToForm(const VenueDetails& details);

}  // namespace oshirase::gateway

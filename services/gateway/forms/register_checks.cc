#include "services/gateway/forms/register_checks.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/time/japan_time.h"
#include "services/gateway/forms/text.h"

namespace oshirase::gateway {
namespace {

constexpr size_t kMaxPhoneLength = 40;
constexpr size_t kMaxEmailBytes = 254;
constexpr absl::Duration kMaxEvent = absl::Hours(24 * 31);

using Problems = std::vector<FormProblem>;

void Add(Problems& problems, const std::string& field, const std::string& what,
         WordValues values = {}) {
  problems.push_back({field, absl::StrCat("field.", field, "_", what), std::move(values)});
}

void CheckLength(Problems& problems, const std::string& field, const std::string& value,
                 size_t max) {
  if (CountCharacters(value) > max) {
    Add(problems, field, "long", {{"max", absl::StrCat(max)}});
  }
}

bool IsPhoneNumber(const std::string& typed) {
  // Counting characters of a long text is slow, and no number has so many bytes.
  if (typed.size() > 4 * kMaxPhoneLength || CountCharacters(typed) > kMaxPhoneLength) return false;
  const auto* util = i18n::phonenumbers::PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber number;
  return util->Parse(FoldToAscii(typed), "JP", &number) ==
             i18n::phonenumbers::PhoneNumberUtil::NO_PARSING_ERROR &&
         util->IsPossibleNumber(number);
}

// Only what keeps a mail from being addressed at all; whether it arrives, a mail will tell.
bool IsEmail(const std::string& email) {
  const size_t at = email.rfind('@');
  if (at == std::string::npos || at == 0 || email.find('@') != at) return false;
  const std::string domain = email.substr(at + 1);
  const bool ascii = std::all_of(email.begin(), email.end(), [](char c) {
    return c > 0x20 && c < 0x7F && c != ',' && c != ';' && c != '<' && c != '>' && c != '"';
  });
  return ascii && domain.find('.') != std::string::npos && domain.front() != '.' &&
         domain.back() != '.';
}

void CheckEvent(Problems& problems, const RegisterForm& form) {
  const auto start = ParseJapanTime(form.event_start_time);
  const auto end = ParseJapanTime(form.event_end_time);
  if (!start.ok()) Add(problems, "event_start_time", "missing");
  if (!end.ok()) Add(problems, "event_end_time", "missing");
  if (!start.ok() || !end.ok()) return;
  if (*end <= *start) {
    Add(problems, "event_end_time", "early");
  } else if (*end - *start > kMaxEvent) {
    Add(problems, "event_end_time", "late");
  }
}

void CheckVenue(Problems& problems, const RegisterForm& form, bool is_event) {
  if (form.name.empty()) Add(problems, "name", "missing");
  CheckLength(problems, "name", form.name, kMaxNameLength);
  if (!IsKana(form.kana)) {
    Add(problems, "kana", "wrong");
  } else {
    CheckLength(problems, "kana", form.kana, kMaxNameLength);
  }
  if (is_event) CheckEvent(problems, form);
  if (!form.postal_code.empty() && PostalCodeDigits(form.postal_code).empty()) {
    Add(problems, "postal_code", "wrong");
  }
  CheckLength(problems, "municipality", form.municipality, kMaxMunicipalityLength);
  if (form.address.empty()) Add(problems, "address", "missing");
  CheckLength(problems, "address", form.address, kMaxAddressLength);
  if (!form.phone.empty() && !IsPhoneNumber(form.phone)) Add(problems, "phone", "wrong");
}

void CheckMeasures(Problems& problems, const RegisterForm& form) {
  const auto own = OwnMeasures(form);
  const size_t count = form.measure_ids.size() + own.size();
  if (count == 0) Add(problems, "measure_ids", "missing");
  if (count > kMaxMeasures) {
    Add(problems, "measure_ids", "many", {{"max", absl::StrCat(kMaxMeasures)}});
  }
  for (size_t i = 0; i < own.size(); ++i) {
    if (CountCharacters(own[i]) <= kMaxMeasureLength) continue;
    Add(problems, "measures", "long",
        {{"number", absl::StrCat(i + 1)}, {"max", absl::StrCat(kMaxMeasureLength)}});
    return;
  }
}

void CheckContact(Problems& problems, const RegisterForm& form) {
  CheckLength(problems, "business_name", form.business_name, kMaxNameLength);
  for (FormProblem& problem : CheckEmail(form.email)) problems.push_back(std::move(problem));
}

}  // namespace

std::vector<FormProblem> CheckEmail(const std::string& email) {
  Problems problems;
  if (email.empty()) {
    Add(problems, "email", "missing");
  } else if (email.size() > kMaxEmailBytes || !IsEmail(email)) {
    Add(problems, "email", "wrong");
  }
  return problems;
}

std::vector<FormProblem> CheckStep(const RegisterForm& form, RegisterStep step,
                                   const catalogue::Catalogue& catalogue) {
  Problems problems;
  switch (step) {
    case RegisterStep::kIndustry:
      if (catalogue.FindIndustry(form.kind) == nullptr) Add(problems, "kind", "missing");
      break;
    case RegisterStep::kVenue:
      CheckVenue(problems, form, IsEvent(form, catalogue));
      break;
    case RegisterStep::kMeasures:
      CheckMeasures(problems, form);
      break;
    case RegisterStep::kContact:
      CheckContact(problems, form);
      break;
    case RegisterStep::kCheck:
      break;
  }
  return problems;
}

FormProblem RefusedField(const std::string& field) { return {field, "field.refused"}; }

}  // namespace oshirase::gateway

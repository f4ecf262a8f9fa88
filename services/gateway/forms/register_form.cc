#include "services/gateway/forms/register_form.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/time/japan_time.h"
#include "services/gateway/forms/text.h"

namespace oshirase::gateway {
namespace {

using Form = RegisterForm;

constexpr const char* kStepNames[] = {"industry", "venue", "measures", "contact", "check"};

struct TextField {
  const char* name;
  std::string Form::*value;
  RegisterStep step;
};

constexpr TextField kLines[] = {
    {"kind", &Form::kind, RegisterStep::kIndustry},
    {"name", &Form::name, RegisterStep::kVenue},
    {"kana", &Form::kana, RegisterStep::kVenue},
    {"event_start_time", &Form::event_start_time, RegisterStep::kVenue},
    {"event_end_time", &Form::event_end_time, RegisterStep::kVenue},
    {"postal_code", &Form::postal_code, RegisterStep::kVenue},
    {"municipality", &Form::municipality, RegisterStep::kVenue},
    {"address", &Form::address, RegisterStep::kVenue},
    {"phone", &Form::phone, RegisterStep::kVenue},
    {"business_name", &Form::business_name, RegisterStep::kContact},
    {"email", &Form::email, RegisterStep::kContact},
};

struct BoxField {
  const char* name;
  bool Form::*value;
};

constexpr BoxField kConsents[] = {{"name_consent", &Form::name_consent}, {"listed", &Form::listed}};

std::string CleanLines(const std::string& text) {
  std::vector<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(text, absl::ByAnyChar("\r\n"))) {
    std::string clean = CleanLine({line.data(), line.size()});
    if (!clean.empty()) lines.push_back(std::move(clean));
  }
  return absl::StrJoin(lines, "\n");
}

// Those of `ids` that the industry's checklist has, in its order.
std::vector<std::string> KnownMeasures(const catalogue::Industry& industry,
                                       const std::vector<std::string>& ids) {
  std::vector<std::string> known;
  for (const catalogue::Measure* measure : industry.measures) {
    if (std::find(ids.begin(), ids.end(), measure->id) != ids.end()) known.push_back(measure->id);
  }
  return known;
}

}  // namespace

const char* NameOf(RegisterStep step) { return kStepNames[static_cast<size_t>(step)]; }

RegisterStep StepOf(std::string_view field) {
  for (const TextField& line : kLines) {
    if (line.name == field) return line.step;
  }
  if (field == "measure_ids" || field == "measures") return RegisterStep::kMeasures;
  for (const BoxField& box : kConsents) {
    if (box.name == field) return RegisterStep::kContact;
  }
  return RegisterStep::kCheck;
}

void MergeForm(const FormBody& body, const catalogue::Catalogue& catalogue, RegisterForm& form) {
  const std::string step = FieldOf(body, "step");
  for (const TextField& line : kLines) {
    if (body.contains(line.name)) form.*line.value = CleanLine(FieldOf(body, line.name));
  }
  if (body.contains("measures")) form.measures = CleanLines(FieldOf(body, "measures"));
  if (body.contains("measure_ids") || step == NameOf(RegisterStep::kMeasures)) {
    form.measure_ids = FieldsOf(body, "measure_ids");
  }
  for (const BoxField& box : kConsents) {
    if (body.contains(box.name) || step == NameOf(RegisterStep::kContact)) {
      form.*box.value = FieldOf(body, box.name) == "yes";
    }
  }
  const catalogue::Industry* industry = catalogue.FindIndustry(form.kind);
  form.measure_ids =
      industry == nullptr ? std::vector<std::string>() : KnownMeasures(*industry, form.measure_ids);
  if (!IsEvent(form, catalogue)) {
    form.event_start_time.clear();
    form.event_end_time.clear();
  }
}

bool IsEvent(const RegisterForm& form, const catalogue::Catalogue& catalogue) {
  const catalogue::Industry* industry = catalogue.FindIndustry(form.kind);
  return industry != nullptr && industry->has_own_end;
}

std::vector<std::string> OwnMeasures(const RegisterForm& form) {
  if (form.measures.empty()) return {};
  return absl::StrSplit(form.measures, '\n');
}

std::string PostalCodeDigits(const std::string& typed) {
  std::string digits;
  for (const char c : FoldToAscii(typed)) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      digits.push_back(c);
    } else if (c != '-' && c != ' ') {
      return "";
    }
  }
  return digits.size() == 7 ? digits : "";
}

std::string PostalCodeInGroups(const std::string& typed) {
  std::string digits = PostalCodeDigits(typed);
  return digits.empty() ? typed : digits.insert(3, "-");
}

VenueDetails ToVenueDetails(const RegisterForm& form) {
  VenueDetails details = {.name = form.name,
                          .kana = form.kana,
                          .kind = form.kind,
                          .postal_code = PostalCodeDigits(form.postal_code),
                          .municipality = form.municipality,
                          .address = form.address,
                          .phone = FoldToAscii(form.phone),
                          .email = form.email,
                          .business_name = form.business_name,
                          .measure_ids = form.measure_ids,
                          .own_measures = OwnMeasures(form),
                          .name_consent = form.name_consent,
                          .listed = form.listed};
  // Empty for all but events.
  if (const auto start = ParseJapanTime(form.event_start_time); start.ok()) {
    details.event_start = *start;
  }
  if (const auto end = ParseJapanTime(form.event_end_time); end.ok()) details.event_end = *end;
  return details;
}

RegisterForm ToForm(const VenueDetails& details) {
  RegisterForm form = {.kind = details.kind,
                       .name = details.name,
                       .kana = details.kana,
                       .postal_code = PostalCodeInGroups(details.postal_code),
                       .municipality = details.municipality,
                       .address = details.address,
                       .phone = details.phone,
                       .measure_ids = details.measure_ids,
                       .measures = absl::StrJoin(details.own_measures, "\n"),
                       .business_name = details.business_name,
                       .email = details.email,
                       .name_consent = details.name_consent,
                       .listed = details.listed};
  if (details.event_start) form.event_start_time = FormatJapanTime(*details.event_start);
  if (details.event_end) form.event_end_time = FormatJapanTime(*details.event_end);
  return form;
}

}  // namespace oshirase::gateway

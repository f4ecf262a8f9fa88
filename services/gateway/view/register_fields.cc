#include "services/gateway/view/register_fields.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/time/japan_time.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/i18n/dates.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

FieldSpec NameSpec(bool is_event) {
  return {.name = "name",
          .required = true,
          .label = is_event ? "field.name_label_event" : "field.name_label"};
}
FieldSpec KanaSpec() { return {.name = "kana"}; }
FieldSpec EventSpec(const std::string& name) {
  return {.name = name, .required = true, .type = "datetime-local", .width = "medium"};
}
FieldSpec PostalCodeSpec() {
  return {.name = "postal_code",
          .autocomplete = "postal-code",
          .inputmode = "numeric",
          .width = "short"};
}
FieldSpec MunicipalitySpec() {
  return {.name = "municipality", .autocomplete = "address-level2", .width = "medium"};
}
FieldSpec AddressSpec() {
  return {.name = "address", .required = true, .autocomplete = "street-address"};
}
FieldSpec PhoneSpec() {
  return {.name = "phone", .type = "tel", .autocomplete = "tel", .width = "medium"};
}
FieldSpec MeasuresSpec() {
  return {.name = "measures", .hint_values = {{"max", absl::StrCat(kMaxMeasureLength)}}};
}
FieldSpec BusinessNameSpec() { return {.name = "business_name", .autocomplete = "organization"}; }
FieldSpec EmailSpec() {
  return {.name = "email", .required = true, .type = "email", .autocomplete = "email"};
}
FieldSpec NameConsentSpec() { return {.name = "name_consent"}; }
FieldSpec ListedSpec() { return {.name = "listed"}; }

bool IsChosen(const RegisterForm& form, const std::string& measure_id) {
  return std::find(form.measure_ids.begin(), form.measure_ids.end(), measure_id) !=
         form.measure_ids.end();
}

// The first choice bears the field's own name as its id, so that the summary of problems can lead
// there.
std::string ChoiceId(const std::string& field, size_t index) {
  return index == 0 ? field : absl::StrCat(field, "-", index + 1);
}

std::string EventTime(const std::string& typed, Language language) {
  const auto time = ParseJapanTime(typed);
  return time.ok() ? DateAndTime(language, *time) : typed;
}

}  // namespace

void AddIndustryValues(const RegisterForm& form, const catalogue::Catalogue& catalogue,
                       Language language, const FieldMaker& fields, data& page) {
  const std::string code = InfoOf(language).code;
  data kinds(data::type::list);
  size_t index = 0;
  for (const catalogue::Industry& industry : catalogue.industries()) {
    data kind;
    kind.set("id", ChoiceId("kind", index++));
    kind.set("kind", industry.kind);
    kind.set("name", industry.name.In(code));
    kind.set("example", industry.example.In(code));
    kind.set("chosen", form.kind == industry.kind);
    kinds.push_back(kind);
  }
  page.set("kinds", kinds);
  page.set("kind_wrong", !fields.ProblemAt("kind").empty());
  page.set("kind_problem", fields.ProblemAt("kind"));
}

void AddVenueValues(const RegisterForm& form, bool is_event, const FieldMaker& fields, data& page) {
  data names(data::type::list);
  names.push_back(fields.Text(NameSpec(is_event), form.name));
  names.push_back(fields.Text(KanaSpec(), form.kana));
  if (is_event) {
    names.push_back(fields.Text(EventSpec("event_start_time"), form.event_start_time));
    names.push_back(fields.Text(EventSpec("event_end_time"), form.event_end_time));
  }
  data places(data::type::list);
  places.push_back(fields.Text(MunicipalitySpec(), form.municipality));
  places.push_back(fields.Text(AddressSpec(), form.address));
  places.push_back(fields.Text(PhoneSpec(), form.phone));
  page.set("name_fields", names);
  page.set("postal_code", fields.Text(PostalCodeSpec(), form.postal_code));
  page.set("place_fields", places);
}

void AddMeasureValues(const RegisterForm& form, const catalogue::Industry& industry,
                      Language language, const FieldMaker& fields, data& page) {
  const std::string code = InfoOf(language).code;
  data groups(data::type::list);
  size_t index = 0;
  // The measures come in the order of their groups.
  for (size_t i = 0; i < industry.measures.size();) {
    const catalogue::Group* group = industry.measures[i]->group;
    data measures(data::type::list);
    for (; i < industry.measures.size() && industry.measures[i]->group == group; ++i) {
      data measure;
      measure.set("id", ChoiceId("measure_ids", index++));
      measure.set("measure_id", industry.measures[i]->id);
      measure.set("text", industry.measures[i]->text.In(code));
      measure.set("chosen", IsChosen(form, industry.measures[i]->id));
      measures.push_back(measure);
    }
    data entry;
    entry.set("name", group->name.In(code));
    entry.set("measures", measures);
    groups.push_back(entry);
  }
  page.set("groups", groups);
  page.set("measure_ids_wrong", !fields.ProblemAt("measure_ids").empty());
  page.set("measure_ids_problem", fields.ProblemAt("measure_ids"));
  page.set("own", fields.Area(MeasuresSpec(), form.measures));
}

void AddContactValues(const RegisterForm& form, bool ask_email, const FieldMaker& fields,
                      data& page) {
  data contact(data::type::list);
  contact.push_back(fields.Text(BusinessNameSpec(), form.business_name));
  if (ask_email) contact.push_back(fields.Text(EmailSpec(), form.email));
  data consents(data::type::list);
  consents.push_back(fields.Checkbox(NameConsentSpec(), form.name_consent));
  consents.push_back(fields.Checkbox(ListedSpec(), form.listed));
  page.set("contact_fields", contact);
  page.set("consent_fields", consents);
}

std::vector<Answer> AnswersOf(RegisterStep step, const RegisterForm& form,
                              const catalogue::Catalogue& catalogue, const Words& words,
                              Language language) {
  const std::vector<FormProblem> no_problems;
  const FieldMaker fields(words, language, no_problems);
  const std::string code = InfoOf(language).code;
  const catalogue::Industry* industry = catalogue.FindIndustry(form.kind);
  const auto word = [&](const char* key) { return words.Get(language, key); };
  std::vector<Answer> answers;
  const auto add = [&](const FieldSpec& spec, const std::string& value) {
    answers.push_back({spec.name, fields.Label(spec), {value.empty() ? word("site.none") : value}});
  };
  switch (step) {
    case RegisterStep::kIndustry:
      answers.push_back({"kind",
                         word("register.kinds"),
                         {industry == nullptr ? form.kind : industry->name.In(code)}});
      break;
    case RegisterStep::kVenue: {
      const bool is_event = IsEvent(form, catalogue);
      add(NameSpec(is_event), form.name);
      add(KanaSpec(), form.kana);
      if (is_event) {
        add(EventSpec("event_start_time"), EventTime(form.event_start_time, language));
        add(EventSpec("event_end_time"), EventTime(form.event_end_time, language));
      }
      add(PostalCodeSpec(), PostalCodeInGroups(form.postal_code));
      add(MunicipalitySpec(), form.municipality);
      add(AddressSpec(), form.address);
      add(PhoneSpec(), form.phone);
      break;
    }
    case RegisterStep::kMeasures: {
      Answer answer = {"measure_ids", word("title.register_measures"), OwnMeasures(form)};
      std::vector<std::string> chosen;
      for (const std::string& id : form.measure_ids) {
        const catalogue::Measure* measure = catalogue.FindMeasure(id);
        if (measure != nullptr) chosen.push_back(measure->text.In(code));
      }
      answer.lines.insert(answer.lines.begin(), chosen.begin(), chosen.end());
      answers.push_back(std::move(answer));
      break;
    }
    case RegisterStep::kContact:
      add(BusinessNameSpec(), form.business_name);
      add(EmailSpec(), form.email);
      add(NameConsentSpec(), form.name_consent ? word("site.yes") : word("site.no"));
      add(ListedSpec(), form.listed ? word("site.yes") : word("site.no"));
      break;
    case RegisterStep::kCheck:
      break;
  }
  return answers;
}

}  // namespace oshirase::gateway

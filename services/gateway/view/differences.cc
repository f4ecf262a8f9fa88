#include "services/gateway/view/differences.h"

#include <algorithm>
#include <iterator>

#include "services/gateway/view/register_fields.h"

namespace oshirase::gateway {
namespace {

// As the registry decides it.
constexpr const char* kOnSheet[] = {"kind",         "name",    "event_start_time", "event_end_time",
                                    "municipality", "address", "measure_ids"};

bool Holds(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::vector<std::string> Without(const std::vector<std::string>& list,
                                 const std::vector<std::string>& others) {
  std::vector<std::string> rest;
  std::copy_if(list.begin(), list.end(), std::back_inserter(rest),
               [&](const std::string& text) { return !Holds(others, text); });
  return rest;
}

const Answer* Find(const std::vector<Answer>& answers, const std::string& field) {
  const auto found = std::find_if(answers.begin(), answers.end(),
                                  [&](const Answer& answer) { return answer.field == field; });
  return found == answers.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Difference> Differences::Between(const RegisterForm& before, const RegisterForm& after,
                                             Language language) const {
  std::vector<Difference> result;
  for (const RegisterStep step : kAskingSteps) {
    const auto old_answers = AnswersOf(step, before, catalogue_, words_, language);
    const auto new_answers = AnswersOf(step, after, catalogue_, words_, language);
    for (const Answer& answer : new_answers) {
      const Answer* old = Find(old_answers, answer.field);
      const auto old_lines = old == nullptr ? std::vector<std::string>() : old->lines;
      if (answer.field == "email" || old_lines == answer.lines) continue;
      Difference difference = {step, answer.field, answer.label, old_lines, answer.lines};
      if (answer.field == "measure_ids") {
        difference.before = Without(old_lines, answer.lines);
        difference.after = Without(answer.lines, old_lines);
        // The same in another order is the same.
        if (difference.before.empty() && difference.after.empty()) continue;
      }
      result.push_back(std::move(difference));
    }
  }
  return result;
}

std::vector<std::string> Differences::NewMeasures(const OwnVenue& venue, const RegisterForm& form,
                                                  Language language) const {
  std::vector<std::string> result;
  if (!venue.certificate) return result;
  const auto declared = [&](const std::string& id, const std::string& text) {
    return std::any_of(venue.certificate->measures.begin(), venue.certificate->measures.end(),
                       [&](const DeclaredMeasure& measure) {
                         return id.empty() ? measure.text == text : measure.measure_id == id;
                       });
  };
  for (const std::string& id : form.measure_ids) {
    const catalogue::Measure* measure = catalogue_.FindMeasure(id);
    if (measure != nullptr && !declared(id, "")) {
      result.push_back(measure->text.In(InfoOf(language).code));
    }
  }
  for (const std::string& text : OwnMeasures(form)) {
    if (!declared("", text)) result.push_back(text);
  }
  return result;
}

bool ChangeSheet(const std::vector<Difference>& differences) {
  return std::any_of(differences.begin(), differences.end(), [](const Difference& difference) {
    return std::find(std::begin(kOnSheet), std::end(kOnSheet), difference.field) !=
           std::end(kOnSheet);
  });
}

}  // namespace oshirase::gateway

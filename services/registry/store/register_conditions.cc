#include "services/registry/store/register_conditions.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/postgres/fields.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {

RegisterConditions::RegisterConditions(const RegisterFilter& filter) {
  const auto equal = [this](const char* column, const std::string& value, const char* type) {
    And(absl::StrCat(column, " = ", Add(value), "::", type));
  };
  AddWords(filter.words);
  if (filter.venue_id.has_value()) equal("v.venue_id", filter.venue_id->value, "uuid");
  if (!filter.kind.empty()) equal("v.kind", filter.kind, "text");
  if (!filter.municipality.empty()) equal("v.municipality", filter.municipality, "text");
  if (filter.state.has_value()) equal("v.state", NameOf(*filter.state), "text");
  // The rare states' index holds only those that are not open, and must be told so in constants.
  if (filter.state.has_value() && *filter.state != VenueState::kOpen) And("v.state <> 'open'");
  if (filter.created_from.has_value()) {
    And(absl::StrCat("v.create_time >= ", Add(postgres::TimeParam(*filter.created_from)),
                     "::timestamptz"));
  }
  if (filter.created_before.has_value()) {
    And(absl::StrCat("v.create_time < ", Add(postgres::TimeParam(*filter.created_before)),
                     "::timestamptz"));
  }
}

// The grams narrow it down by index; then the words themselves are looked for. They hold letters
// and digits only, so nothing in them is a wildcard, nor a separator in an array.
void RegisterConditions::AddWords(const std::vector<std::string>& words) {
  if (words.empty()) return;
  std::vector<std::string> grams;
  for (const auto& word : words) {
    for (auto& gram : QueryGramsOf(word)) grams.push_back(std::move(gram));
  }
  words_ =
      absl::StrCat("v.search_grams @> string_to_array(", Add(absl::StrJoin(grams, " ")), ", ' ')");
  for (const auto& word : words) {
    absl::StrAppend(&words_, " AND v.search_text || ' ' || v.search_email LIKE ",
                    Add(absl::StrCat("%", word, "%")));
  }
}

std::string RegisterConditions::Add(const std::string& value) {
  parameters_.push_back(value);
  return absl::StrCat("$", parameters_.size());
}

void RegisterConditions::And(const std::string& condition) { conditions_.push_back(condition); }

std::string RegisterConditions::Where() const {
  return conditions_.empty() ? "" : absl::StrCat(" WHERE ", absl::StrJoin(conditions_, " AND "));
}

std::string RegisterConditions::WhereWords() const {
  return words_.empty() ? "" : absl::StrCat(" WHERE ", words_);
}

}  // namespace oshirase::registry

#include "common/catalogue/catalogue.h"

#include <algorithm>
#include <utility>

#include "common/catalogue/built_in_json.h"

namespace oshirase::catalogue {

Catalogue::Catalogue(Content content) : content_(std::move(content)) {
  for (const Measure& measure : content_.measures) measures_by_id_.emplace(measure.id, &measure);
}

const Industry* Catalogue::FindIndustry(std::string_view kind) const {
  const auto found = std::find_if(content_.industries.begin(), content_.industries.end(),
                                  [&](const Industry& industry) { return industry.kind == kind; });
  return found == content_.industries.end() ? nullptr : &*found;
}

const Measure* Catalogue::FindMeasure(std::string_view id) const {
  const auto found = measures_by_id_.find(id);
  return found == measures_by_id_.end() ? nullptr : found->second;
}

absl::StatusOr<Catalogue> LoadBuiltIn() { return ParseCatalogue(BuiltInJson()); }

}  // namespace oshirase::catalogue

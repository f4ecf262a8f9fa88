#include "services/registry/domain/search_copy.h"

#include <set>

#include "absl/strings/str_join.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {

SearchCopy SearchCopyOf(const VenueDetails& details) {
  std::vector<std::string> fields;
  std::set<std::string> grams;
  // As one, so that what is typed across both is found too.
  const std::string address = details.municipality + details.address;
  for (const auto* field : {&details.name, &details.kana, &address, &details.phone}) {
    auto folded = Folded(*field);
    if (folded.empty()) continue;
    for (auto& gram : GramsOf(folded)) grams.insert(std::move(gram));
    fields.push_back(std::move(folded));
  }
  return {.name = Folded(details.name),
          .text = absl::StrJoin(fields, " "),
          .grams = {grams.begin(), grams.end()}};
}

}  // namespace oshirase::registry

#include "services/registry/domain/search_copy.h"

#include <set>

#include "absl/strings/str_join.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {

SearchCopy SearchCopyOf(const VenueDetails& details) {
  std::vector<std::string> fields;
  std::set<std::string> grams;
  const auto add_grams = [&](const std::string& folded) {
    for (auto& gram : GramsOf(folded)) grams.insert(std::move(gram));
  };
  // Municipality and address as one, so that what is typed across both is found too.
  for (const auto& field :
       {details.name, details.kana, details.municipality + details.address, details.phone}) {
    auto folded = Folded(field);
    if (folded.empty()) continue;
    add_grams(folded);
    fields.push_back(std::move(folded));
  }
  auto email = Folded(details.email);
  add_grams(email);
  return {.name = Folded(details.name),
          .text = absl::StrJoin(fields, " "),
          .email = std::move(email),
          .grams = {grams.begin(), grams.end()}};
}

}  // namespace oshirase::registry

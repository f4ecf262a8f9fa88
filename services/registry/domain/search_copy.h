// The folded copy of a venue that searches look into. The venue itself is never changed by it.
#pragma once

#include <string>
#include <vector>

#include "services/registry/domain/venue.h"

namespace oshirase::registry {

struct SearchCopy {
  std::string name;  // the folded name alone, for ranking
  std::string text;  // name, kana, whole address, telephone, folded, separated by spaces
  std::vector<std::string> grams;  // what the index holds, see text.h
};

SearchCopy SearchCopyOf(const VenueDetails& details);

}  // namespace oshirase::registry

// The folded copy of a venue that searches look into. The venue itself is never changed by it.
#pragma once

#include <string>
#include <vector>

#include "services/registry/domain/venue.h"

namespace oshirase::registry {

struct SearchCopy {
  std::string name;   // the folded name alone, for ranking
  std::string text;   // name, kana, whole address and telephone, folded, separated by spaces
  std::string email;  // folded and apart: only the register desk searches in it
  std::vector<std::string> grams;  // of text and email: what the index holds, see text.h
};

SearchCopy SearchCopyOf(const VenueDetails& details);

}  // namespace oshirase::registry

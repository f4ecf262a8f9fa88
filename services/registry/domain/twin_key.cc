#include "services/registry/domain/twin_key.h"

#include "absl/strings/str_cat.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {
namespace {

// A name of symbols alone (「☆☆☆」) folds to nothing; it is compared as typed.
std::string Comparable(const std::string& text) {
  std::string folded = Folded(text);
  return folded.empty() ? text : folded;
}

}  // namespace

crypto::Digest TwinKeyOf(const VenueDetails& details) {
  const int64_t start =
      details.event_start.has_value() ? absl::ToUnixSeconds(*details.event_start) : 0;
  // No text of a venue holds a line break, so the parts cannot run into each other.
  return crypto::Sha256(absl::StrCat(Comparable(details.name), "\n",
                                     Comparable(details.municipality + details.address), "\n",
                                     details.parent_venue_id, "\n", start));
}

}  // namespace oshirase::registry

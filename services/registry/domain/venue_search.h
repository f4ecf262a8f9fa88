// An officer's search for a venue. Every search is audited, the empty ones too, by what it showed.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/registry/domain/audit_store.h"
#include "services/registry/domain/venue.h"
#include "services/registry/domain/venue_store.h"

namespace oshirase::registry {

struct VenuePage {
  std::vector<Venue> venues;
  std::string next_page_token;  // empty on the last page
};

struct VenueSearchRequest {
  std::string text;
  int page_size = 20;
  std::string page_token;
  std::string actor;
};

// Thread-safe.
class VenueSearch {
 public:
  // Nobody reads further than this; who does not find a venue by then needs better words.
  static constexpr int64_t kMaxOffset = 1000;

  // Both stores must outlive it.
  VenueSearch(VenueStore& venues, AuditStore& audit) : venues_(venues), audit_(audit) {}

  // Finds venues by words of name, kana, address and telephone, all of which must match, or by
  // a venue code, current or replaced. The entry is in the audit log before the answer is given.
  // Returns SEARCH_TEXT_EMPTY, PAGE_TOKEN_INVALID, or UNAVAILABLE.
  absl::StatusOr<VenuePage> Find(const VenueSearchRequest& request);

 private:
  absl::StatusOr<VenuePage> FindByWords(const VenueSearchRequest& request);

  VenueStore& venues_;
  AuditStore& audit_;
};

}  // namespace oshirase::registry

// The register as anybody may see it: certificates by their number, and the venues that agreed to
// be listed. Nothing here is audited, since nobody is asked who they are.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/registry/domain/public_venue_store.h"

namespace oshirase::registry {

struct CheckedCertificate {
  IssuedCertificate certificate;
  VenueState venue_state = VenueState::kOpen;
  std::string address;  // empty unless the venue agreed to be listed
  std::optional<absl::Time> inspect_time;
  std::string current_number;  // of the newest certificate, when this one is superseded
};

struct ListedSearchRequest {
  std::string text;
  std::string kind;
  int page_size = 20;
  std::string page_token;
};

struct ListedPage {
  std::vector<ListedVenue> venues;
  std::string next_page_token;  // empty on the last page
  int match_count = 0;          // at most kMaxMatchCount
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached.
class PublicRegister {
 public:
  static constexpr size_t kVenuesPerBatch = 50;

  // `venues` must outlive it.
  explicit PublicRegister(PublicVenueStore& venues) : venues_(venues) {}

  // The certificate whose number somebody typed.
  // Returns CERTIFICATE_NUMBER_MISTYPED, CERTIFICATE_NOT_FOUND.
  absl::StatusOr<CheckedCertificate> GetCertificate(const std::string& typed_number);

  // Finds listed venues by words, all of which must match; all venues without any.
  // Returns PAGE_TOKEN_INVALID, also for the token of another search.
  absl::StatusOr<ListedPage> Search(const ListedSearchRequest& request);

  // As PublicVenueStore::ReadListed().
  absl::Status ReadListed(TakeListedVenues take);

 private:
  PublicVenueStore& venues_;
};

}  // namespace oshirase::registry

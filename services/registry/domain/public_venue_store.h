// What anybody may know of venues and certificates. Implemented by PostgresPublicVenueStore, and by
// a fake for tests; both pass the cases in testing/public_venue_store_contract.cc.
//
// A venue is listed when it agreed to that, is open, is no drill's, and has a certificate that
// holds.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/certificate.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// A certificate, and what has become of its venue.
struct PublishedCertificate {
  IssuedCertificate certificate;
  VenueState venue_state = VenueState::kOpen;
  bool may_show_address = false;  // the venue agreed to be listed
  std::optional<absl::Time> inspect_time;
  std::string newest_number;  // of the venue's newest certificate, which may be this one
};

struct ListedVenue {
  VenueId id;
  std::string name;
  std::string kana;
  std::string kind;
  std::string postal_code;
  std::string municipality;
  std::string address;
  std::string phone;
  std::string certificate_number;
  absl::Time issue_time;
  std::optional<absl::Time> event_start;
  std::optional<absl::Time> event_end;
  std::optional<absl::Time> inspect_time;

  friend bool operator==(const ListedVenue&, const ListedVenue&) = default;
};

// More matches than this are not counted.
inline constexpr int kMaxMatchCount = 10'000;

// A search: all words must be contained; see text.h for how both sides are folded.
struct ListedQuery {
  std::vector<std::string> words;  // folded; none match every venue
  std::string whole;               // the words joined: what a name is compared with for ranking
  std::string kind;                // any when empty
  int64_t offset = 0;              // so many are passed over
  int limit = 0;
};

struct ListedMatches {
  std::vector<ListedVenue> venues;  // best match first, else by name
  int match_count = 0;              // at most kMaxMatchCount
};

using TakeListedVenues = absl::FunctionRef<absl::Status(std::span<const ListedVenue>)>;

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached.
class PublicVenueStore {
 public:
  virtual ~PublicVenueStore() = default;

  // The certificate with that number, whether it holds or not.
  virtual absl::StatusOr<std::optional<PublishedCertificate>> FindCertificate(
      const std::string& number) = 0;

  virtual absl::StatusOr<ListedMatches> Search(const ListedQuery& query) = 0;

  // Hands all listed venues to `take`, by id, at most `batch` at a time, as they were at one
  // moment. Memory does not grow with their number, and `take` may be as slow as it likes.
  // Returns what `take` returns as soon as that is not OK; RESOURCE_EXHAUSTED when the disk is
  // full.
  virtual absl::Status ReadListed(size_t batch, TakeListedVenues take) = 0;
};

}  // namespace oshirase::registry

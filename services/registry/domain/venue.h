// What a registered venue is, free of protobuf and SQL.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace oshirase::registry {

// A UUID, 36 lower-case characters.
struct VenueId {
  std::string value;

  friend auto operator<=>(const VenueId&, const VenueId&) = default;
};

// A UUID of a business: whoever reads one mailbox.
struct BusinessId {
  std::string value;

  friend auto operator<=>(const BusinessId&, const BusinessId&) = default;
};

enum class VenueState {
  kOpen,
  kClosed,     // by its business
  kSuspended,  // by the prefecture
};

// "open", "closed" or "suspended": the spelling in the database and in audit entries.
const char* NameOf(VenueState state);

// What a business tells. Texts are as typed, only trimmed: a name is never normalised.
struct VenueDetails {
  std::string name;
  std::string kana;
  std::string kind;          // one word of the catalogue, see common/catalogue
  std::string postal_code;   // seven digits, or empty
  std::string municipality;  // stands before the address
  std::string address;
  std::string phone;
  std::string email;
  std::string business_name;
  std::string parent_venue_id;            // of the venue this one is a room of, or empty
  std::vector<std::string> measure_ids;   // of the catalogue
  std::vector<std::string> own_measures;  // in the business's own words
  std::optional<absl::Time> event_start;  // set for events, and only there
  std::optional<absl::Time> event_end;
  bool name_consent = false;
  bool listed = false;
  bool drill = false;  // for good: a drill venue never takes a real case, nor the reverse

  friend bool operator==(const VenueDetails&, const VenueDetails&) = default;
};

struct Venue {
  VenueId id;
  std::string code;        // the current one, canonical
  BusinessId business_id;  // empty while nobody has proved the mailbox of an old entry
  VenueDetails details;
  VenueState state = VenueState::kOpen;
  absl::Time create_time;
  int revision = 1;  // how often the details have been changed, from 1
};

}  // namespace oshirase::registry

// What a business may tell about a venue: every rule of it, all broken ones reported together.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "common/catalogue/catalogue.h"
#include "services/registry/domain/field_violation.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// Lengths in characters as a reader counts them.
inline constexpr size_t kMaxNameCharacters = 100;
inline constexpr size_t kMaxKanaCharacters = 100;
inline constexpr size_t kMaxMunicipalityCharacters = 40;
inline constexpr size_t kMaxBusinessNameCharacters = 100;
inline constexpr size_t kMaxAddressCharacters = 200;
inline constexpr size_t kMaxPhoneCharacters = 40;
inline constexpr size_t kMaxEmailCharacters = 254;
inline constexpr size_t kMaxVenueMeasures = 30;
inline constexpr size_t kMaxMeasureCharacters = 100;
inline constexpr absl::Duration kMaxEventLength = absl::Hours(24 * 31);

// What details are held against.
struct DetailsRules {
  const catalogue::Catalogue& catalogue;
  // An event must not have ended by then; InfinitePast for one whose dates are not being changed.
  absl::Time now;
  // Before each field's name: "details." or "rows[3].".
  std::string prefix = "details.";
};

// Trims the texts of `details` and returns what is wrong with them; empty when they can be stored.
// Reasons: REQUIRED, TOO_LONG, CONTROL_CHARACTER, INVISIBLE, NOT_UTF8, UNKNOWN_KIND,
// BAD_POSTAL_CODE, BAD_PHONE, BAD_EMAIL, NOT_A_UUID, TOO_MANY, UNKNOWN_MEASURE, TWICE,
// NOT_AN_EVENT, NOT_AFTER_START, EVENT_TOO_LONG, EVENT_OVER, NOT_WHOLE_SECONDS.
FieldViolations CheckVenueDetails(VenueDetails& details, const DetailsRules& rules);

// What is wrong with an e-mail address, which is trimmed.
FieldViolations CheckEmail(const std::string& field, std::string& email);

// What is wrong with one text of 1 to `max_characters`, which is trimmed.
FieldViolations CheckText(const std::string& field, std::string& text, size_t max_characters);

// Likewise of a text that may be empty.
FieldViolations CheckOptionalText(const std::string& field, std::string& text,
                                  size_t max_characters);

}  // namespace oshirase::registry

// What a business may tell about a venue: every rule of it, all broken ones reported together.
#pragma once

#include "absl/time/time.h"
#include "services/registry/domain/field_violation.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// Lengths in characters as a reader counts them.
inline constexpr size_t kMaxNameCharacters = 100;
inline constexpr size_t kMaxKanaCharacters = 100;
inline constexpr size_t kMaxAddressCharacters = 200;
inline constexpr size_t kMaxPhoneCharacters = 40;
inline constexpr size_t kMaxEmailCharacters = 254;
inline constexpr size_t kMaxMeasures = 30;
inline constexpr size_t kMaxMeasureCharacters = 100;
inline constexpr absl::Duration kMaxEventLength = absl::Hours(24 * 31);

// Trims the texts of `details` and returns what is wrong with them at `now`; empty when they can be
// stored. Reasons: REQUIRED, TOO_LONG, CONTROL_CHARACTER, NOT_UTF8, UNKNOWN_KIND, BAD_POSTAL_CODE,
// BAD_PHONE, BAD_EMAIL, TOO_MANY, NOT_AN_EVENT, NOT_AFTER_START, EVENT_TOO_LONG, EVENT_OVER.
FieldViolations CheckVenueDetails(VenueDetails& details, absl::Time now);

// What is wrong with one text of 1 to `max_characters`, which is trimmed.
FieldViolations CheckText(const std::string& field, std::string& text, size_t max_characters);

}  // namespace oshirase::registry

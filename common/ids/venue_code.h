// The venue code inside a QR: 80 random bits and a check symbol, never a sequence number.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace oshirase::ids {

// 17 characters in canonical form: 16 base 32 symbols and their check symbol. Stored and compared
// in this form only. Never log it: who has a code can check in.
struct VenueCode {
  std::string value;

  friend bool operator==(const VenueCode&, const VenueCode&) = default;
  friend auto operator<=>(const VenueCode&, const VenueCode&) = default;
};

// A new random code.
VenueCode NewVenueCode();

// Reads one code and nothing else: either case, full width, hyphens and spaces anywhere, O for 0,
// I and L for 1.
// Returns INVALID_ARGUMENT, reason VENUE_CODE_MISTYPED, when it is not 17 symbols with the right
// check symbol; the text is not repeated.
absl::StatusOr<VenueCode> ParseVenueCode(std::string_view text);

// In groups of four, as printed: ABCD-EFGH-JKMN-PQRS-T.
std::string FormatVenueCode(const VenueCode& code);

// What a text message holds.
struct VenueCodeInText {
  enum class Kind {
    kNone,      // nothing that looks like a code
    kMistyped,  // something that looks like one, but its check fails or one symbol is missing or
                // too many
    kFound,     // `code` is set
  };
  Kind kind = Kind::kNone;
  std::optional<VenueCode> code;
};

// Looks for a code anywhere in `text` (UTF-8, as LINE delivers it; bytes that are not UTF-8 are
// skipped). Full width letters and digits, lower case, every kind of hyphen a Japanese keyboard
// gives, and spaces between the groups of four are read. The code must stand alone: letters or
// digits may not touch it, kana and kanji may. The first code whose check is right wins.
// Linear in the size of the text.
VenueCodeInText FindVenueCode(std::string_view text);

}  // namespace oshirase::ids

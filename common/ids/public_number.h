// Certificate and notice numbers: 60 random bits and a check symbol, so that nobody walks the
// register by counting.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace oshirase::ids {

// 13 characters in canonical form: 12 base 32 symbols and their check symbol.
struct PublicNumber {
  std::string value;

  friend bool operator==(const PublicNumber&, const PublicNumber&) = default;
  friend auto operator<=>(const PublicNumber&, const PublicNumber&) = default;
};

// A new random number. Two calls agree once in 2^59: let a unique constraint notice it.
PublicNumber NewPublicNumber();

// Reads what a person typed: either case, full width, hyphens and spaces, O for 0, I and L for 1.
// Returns INVALID_ARGUMENT, reason INVALID_NUMBER, when it is not 13 symbols with the right check.
absl::StatusOr<PublicNumber> ParsePublicNumber(std::string_view text);

// For people: "3F7K-9Q2M-XW4T-8".
std::string FormatPublicNumber(const PublicNumber& number);

}  // namespace oshirase::ids

// Crockford's base 32 with his check symbol: what venue codes, certificate numbers and notice
// numbers share. The digits and the letters without I, L, O and U; the check symbol is the number
// modulo 37. A wrong symbol, or two neighbours swapped, always changes the check: 37 is a prime
// that divides neither 32 - 1 nor any difference of two symbols.
//
// Reference: https://www.crockford.com/base32.html
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace oshirase::ids {

// `symbols` random base 32 symbols followed by their check symbol. Draws again while the check
// symbol would be one of * ~ $ = U, so that what people type and phones encode is only digits and
// letters; that costs 0.21 bits of randomness.
std::string NewCheckedNumber(size_t symbols);

// The value 0-31 of one base 32 symbol, either case, O read as 0, I and L as 1; -1 for others.
int SymbolValue(char symbol);

// The value 0-36 of a check symbol: as above, and * ~ $ = U for 32-36; -1 for others. All are read,
// although NewCheckedNumber gives none of the last five.
int CheckValue(char symbol);

// `text` in canonical form (upper case, no separators) when it is `symbols` base 32 symbols and
// the right check symbol, with hyphens and spaces anywhere; "" otherwise. ASCII only: see fold.h.
std::string CanonicalCheckedNumber(std::string_view text, size_t symbols);

// `canonical` in groups of four joined by hyphens: ABCD-EFGH-JKMN-PQRS-T.
std::string InGroupsOfFour(std::string_view canonical);

}  // namespace oshirase::ids

#include "common/ids/public_number.h"

#include "common/ids/crockford.h"
#include "common/ids/fold.h"
#include "common/status/errors.h"

namespace oshirase::ids {
namespace {

constexpr size_t kSymbols = 12;  // 60 bits

}  // namespace

PublicNumber NewPublicNumber() { return {NewCheckedNumber(kSymbols)}; }

absl::StatusOr<PublicNumber> ParsePublicNumber(std::string_view text) {
  PublicNumber number{CanonicalCheckedNumber(FoldToAscii(text), kSymbols)};
  if (number.value.empty()) {
    return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_NUMBER",
                         "not a number of 13 characters with the right check character");
  }
  return number;
}

std::string FormatPublicNumber(const PublicNumber& number) { return InGroupsOfFour(number.value); }

}  // namespace oshirase::ids

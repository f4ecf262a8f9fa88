#include "services/gateway/forms/address_fill.h"

#include "absl/strings/match.h"

namespace oshirase::gateway {

AddressFill FillAddress(const PostalCodes& codes, const std::string& prefecture,
                        RegisterForm& form) {
  const PostalAddress address = codes.AddressOf(PostalCodeDigits(form.postal_code), prefecture);
  if (address.municipality.empty()) {
    if (address.several_towns) return {.several_towns = true};
    return {.problems = {{"postal_code", "field.postal_code_unknown"}}};
  }
  form.municipality = address.municipality;
  if (!absl::StartsWith(form.address, address.town)) form.address = address.town;
  return {.several_towns = address.several_towns};
}

}  // namespace oshirase::gateway

// Reads application/x-www-form-urlencoded bodies. The HTTP library would stop at 8 KiB, which a
// list of measures in Japanese exceeds.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace oshirase::gateway {

// Field names and values; those of one name in the order they were sent.
using FormBody = std::multimap<std::string, std::string, std::less<>>;

// Returns INVALID_ARGUMENT when `body` has more than 100 fields or bytes that decode to no UTF-8.
absl::StatusOr<FormBody> ParseFormBody(std::string_view body);

// The first value of a field; "" when it was not sent.
std::string FieldOf(const FormBody& form, std::string_view name);

// All values of a field, such as the boxes ticked under one name.
std::vector<std::string> FieldsOf(const FormBody& form, std::string_view name);

}  // namespace oshirase::gateway

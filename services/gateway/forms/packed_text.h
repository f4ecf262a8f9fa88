// Text made small, for what has to travel through a page.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace oshirase::gateway {

std::string Pack(const std::string& text);

// What Pack() made. Returns INVALID_ARGUMENT for anything else, and for more than `max_bytes` of
// text.
absl::StatusOr<std::string> Unpack(const std::string& packed, size_t max_bytes);

}  // namespace oshirase::gateway

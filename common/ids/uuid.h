// UUIDs: 36 lower-case characters outside, 16 raw bytes in keys, additional data and hashes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace oshirase::ids {

using UuidBytes = std::array<uint8_t, 16>;

// A new random UUID (version 4) in its 36 character form.
std::string NewUuid();

// The raw bytes of `text`. Exactly the canonical form is accepted: 36 characters, lower case,
// hyphens at 8-4-4-4-12, so that one id has one spelling wherever it is compared as text.
// Returns INVALID_ARGUMENT, reason INVALID_UUID, for anything else; the text is not repeated.
absl::StatusOr<UuidBytes> ParseUuid(std::string_view text);

// The 36 character form.
std::string FormatUuid(const UuidBytes& bytes);

}  // namespace oshirase::ids

// A LINE user id: "U" and 32 hex digits in LINE's API, 16 raw bytes inside the system.
//
// It is the one thing that names a visitor. Nothing here prints it; keep it out of logs and errors.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace oshirase::ids {

struct LineUserId {
  std::array<uint8_t, 16> bytes{};

  friend bool operator==(const LineUserId&, const LineUserId&) = default;
  friend auto operator<=>(const LineUserId&, const LineUserId&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const LineUserId& id) {
    return H::combine(std::move(state), id.bytes);
  }
};

// Reads "U" and 32 lower-case hex digits.
// Returns INVALID_ARGUMENT, reason INVALID_LINE_USER_ID, for anything else, without repeating it.
absl::StatusOr<LineUserId> ParseLineUserId(std::string_view text);

// The form LINE's API takes: "U" and 32 lower-case hex digits.
std::string FormatLineUserId(const LineUserId& id);

}  // namespace oshirase::ids

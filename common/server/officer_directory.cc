#include "common/server/officer_directory.h"

#include <array>

namespace oshirase {
namespace {

// In the order of Role.
constexpr std::array<absl::string_view, 6> kNames = {"submit",  "approve", "audit",
                                                     "operate", "drill",   "desk"};

}  // namespace

absl::string_view RoleName(Role role) { return kNames[static_cast<size_t>(role)]; }

absl::StatusOr<Role> ParseRole(absl::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (name == kNames[i]) return static_cast<Role>(i);
  }
  return absl::InvalidArgumentError("no role has this name");
}

}  // namespace oshirase

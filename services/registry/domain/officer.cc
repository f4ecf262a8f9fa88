#include "services/registry/domain/officer.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace oshirase::registry {

Roles Officer::roles() const {
  return revoke_time.has_value() || grants.empty() ? Roles() : grants.back().roles;
}

Roles Officer::RolesAt(absl::Time time) const {
  Roles roles;
  for (const auto& grant : grants) {
    if (grant.since > time + kClockSkew) break;
    roles = grant.roles;
  }
  return roles;
}

bool IsOfficerId(absl::string_view id) {
  const auto fits = [](unsigned char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
  };
  return !id.empty() && id.size() <= 40 && std::all_of(id.begin(), id.end(), fits);
}

}  // namespace oshirase::registry

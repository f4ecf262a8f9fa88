// A person who may use the officer's program, with what is needed to judge a signature made in the
// past: when each key was added, and from when on which roles were held.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/crypto/signing_key.h"
#include "common/server/officer_directory.h"

namespace oshirase::registry {

// How far an officer's clock and ours may differ.
inline constexpr absl::Duration kClockSkew = absl::Seconds(60);

struct OfficerKey {
  crypto::VerifyKey key{};
  absl::Time add_time;
};

// From `since` on the person has exactly these roles.
struct RoleGrant {
  absl::Time since;
  Roles roles;
};

struct Officer {
  std::string id;
  std::vector<OfficerKey> keys;
  std::vector<RoleGrant> grants;  // oldest first, at least one
  absl::Time enrol_time;
  std::optional<absl::Time> revoke_time;

  // What the person may do now: nothing once revoked.
  Roles roles() const;

  // What the person might do at `time`, give or take kClockSkew.
  Roles RolesAt(absl::Time time) const;
};

// 1 to 40 of a-z, 0-9 and hyphens.
bool IsOfficerId(absl::string_view id);

}  // namespace oshirase::registry

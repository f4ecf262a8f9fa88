// Which officers there are and what they may do: a port of the access policy. The registry answers
// it from its table, other services by asking the registry.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace oshirase {

enum class Role : uint8_t { kSubmit, kApprove, kAudit, kOperate, kDrill, kDesk };

// "submit", "approve", "audit", "operate", "drill" or "desk".
absl::string_view RoleName(Role role);

// The role of that name. Returns INVALID_ARGUMENT for any other text.
absl::StatusOr<Role> ParseRole(absl::string_view name);

// A set of roles.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) Add(role);
  }

  constexpr void Add(Role role) { bits_ |= Bit(role); }
  constexpr void Add(Roles other) { bits_ |= other.bits_; }
  constexpr bool Has(Role role) const { return (bits_ & Bit(role)) != 0; }
  constexpr bool HasAnyOf(Roles other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(Roles, Roles) = default;

 private:
  static constexpr uint8_t Bit(Role role) {
    return static_cast<uint8_t>(1U << static_cast<uint8_t>(role));
  }
  uint8_t bits_ = 0;
};

// Thread-safe.
class OfficerDirectory {
 public:
  virtual ~OfficerDirectory() = default;

  // What this officer may do now: nothing when not enrolled or revoked. Asked on every call of an
  // officer; may block for as long as a database or a neighbour takes to answer.
  // Returns UNAVAILABLE when the directory cannot be reached.
  virtual absl::StatusOr<Roles> RolesOf(const std::string& officer_id) = 0;
};

}  // namespace oshirase

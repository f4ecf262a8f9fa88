// Who may call which method of a server: one table, and what is not in it is refused.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/client/identity.h"
#include "common/server/officer_directory.h"

namespace oshirase {

// One row of the table. Service callers must be named in `services`; officers must have one of
// `roles`. A row with neither lets nobody in.
struct AccessRule {
  std::string method;  // "/oshirase.registry.v1.RegistryService/GetVenue"
  std::vector<std::string> services = {};
  Roles roles = {};
};

// The table. Immutable, so thread-safe. Health checks are open to the suite's services.
class AccessPolicy {
 public:
  // Rules for one method add up.
  AccessPolicy(std::initializer_list<AccessRule> rules)
      : AccessPolicy(std::vector<AccessRule>(rules)) {}
  explicit AccessPolicy(const std::vector<AccessRule>& rules);

  // Whether the service of that name may call `method`.
  bool AllowsService(absl::string_view method, const std::string& service) const;

  // The roles that may call `method`; none when no officer may.
  Roles RolesAllowed(absl::string_view method) const;

  // Whether any row names a role. Such a policy needs an OfficerDirectory.
  bool NamesRoles() const;

  bool HasRow(absl::string_view method) const { return rules_.contains(method); }

  // Every method with a row, in no order.
  std::vector<std::string> methods() const;

 private:
  absl::flat_hash_map<std::string, AccessRule> rules_;
};

// The full names of all methods compiled into this program whose service's full name begins with
// `prefix` ("oshirase.registry."), sorted. A test compares them with the table's, so that a new RPC
// without a row is noticed.
std::vector<std::string> CompiledMethods(absl::string_view prefix);

// Those of CompiledMethods(prefix) that have no row.
std::vector<std::string> MethodsWithoutRow(const AccessPolicy& policy, absl::string_view prefix);

}  // namespace oshirase

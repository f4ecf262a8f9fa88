#include "common/server/access_policy.h"

#include <algorithm>

namespace oshirase {
namespace {

const std::vector<AccessRule>& HealthRules() {
  static const auto* const rules = [] {
    const std::vector<std::string> services = {"gateway", "registry", "checkin", "notifier"};
    return new std::vector<AccessRule>{
        {.method = "/grpc.health.v1.Health/Check", .services = services},
        {.method = "/grpc.health.v1.Health/Watch", .services = services}};
  }();
  return *rules;
}

}  // namespace

AccessPolicy::AccessPolicy(const std::vector<AccessRule>& rules) {
  const auto add = [this](const AccessRule& rule) {
    AccessRule& sum =
        rules_.try_emplace(rule.method, AccessRule{.method = rule.method}).first->second;
    sum.services.insert(sum.services.end(), rule.services.begin(), rule.services.end());
    sum.roles.Add(rule.roles);
  };
  std::for_each(HealthRules().begin(), HealthRules().end(), add);
  std::for_each(rules.begin(), rules.end(), add);
}

bool AccessPolicy::AllowsService(absl::string_view method, const std::string& service) const {
  const auto rule = rules_.find(method);
  if (rule == rules_.end()) return false;
  const auto& services = rule->second.services;
  return std::find(services.begin(), services.end(), service) != services.end();
}

Roles AccessPolicy::RolesAllowed(absl::string_view method) const {
  const auto rule = rules_.find(method);
  return rule == rules_.end() ? Roles() : rule->second.roles;
}

bool AccessPolicy::NamesRoles() const {
  return std::any_of(rules_.begin(), rules_.end(),
                     [](const auto& rule) { return !rule.second.roles.empty(); });
}

std::vector<std::string> AccessPolicy::methods() const {
  std::vector<std::string> result;
  result.reserve(rules_.size());
  for (const auto& [method, rule] : rules_) result.push_back(method);
  return result;
}

}  // namespace oshirase

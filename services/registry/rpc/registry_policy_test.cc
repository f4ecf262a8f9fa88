#include "services/registry/rpc/registry_policy.h"

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "oshirase/registry/v1/business_service.pb.h"
#include "oshirase/registry/v1/desk_service.pb.h"
#include "oshirase/registry/v1/public_service.pb.h"
#include "oshirase/registry/v1/registry_service.pb.h"

namespace oshirase::registry {
namespace {

constexpr char kPrefix[] = "/oshirase.registry.v1.RegistryService/";

// Written out by hand and apart from the policy: a slip in one shows in the other.
const std::map<std::string, std::set<std::string>>& ServicesThatMay() {
  static const std::map<std::string, std::set<std::string>> table = {
      {"RegisterVenue", {"gateway"}},
      {"LookupVenueCode", {"gateway"}},
      {"ListCodeChanges", {"gateway"}},
      {"BatchGetVenues", {"notifier"}},
      {"FindVenues", {}},
      {"ReplaceVenueCode", {"gateway"}},
      {"SetVenueState", {}},
      {"GetOuterKeys", {"checkin"}},
      {"ReleaseOuterKeys", {"notifier"}},
      {"VoidStatement", {"notifier"}},
      {"EnrolOfficer", {}},
      {"RevokeOfficer", {}},
      {"GetOfficer", {"notifier"}},
      {"ListOfficers", {}},
      {"ListAuditEntries", {}},
  };
  return table;
}

constexpr int kBusinessMethods = 17;
constexpr int kPublicMethods = 5;
constexpr int kDeskMethods = 16;

TEST_CASE("every compiled method has a row in the access policy") {
  // These link the services' descriptors in.
  CHECK(v1::RegisterVenueRequest::descriptor() != nullptr);
  CHECK(v1::GetBusinessRequest::descriptor() != nullptr);
  CHECK(v1::GetCertificateRequest::descriptor() != nullptr);
  CHECK(v1::GetEntryRequest::descriptor() != nullptr);
  CHECK(CompiledMethods("oshirase.registry.").size() ==
        ServicesThatMay().size() + kBusinessMethods + kPublicMethods + kDeskMethods);
  CHECK(MethodsWithoutRow(RegistryPolicy(), "oshirase.registry.").empty());
}

TEST_CASE("what businesses and anybody do only the gateway calls, and no officer") {
  const AccessPolicy policy = RegistryPolicy();
  auto methods = CompiledMethods("oshirase.registry.v1.BusinessService");
  CHECK(methods.size() == kBusinessMethods);
  const auto of_everybody = CompiledMethods("oshirase.registry.v1.PublicService");
  CHECK(of_everybody.size() == kPublicMethods);
  methods.insert(methods.end(), of_everybody.begin(), of_everybody.end());
  for (const auto& method : methods) {
    INFO(method);
    CHECK(policy.AllowsService(method, "gateway"));
    CHECK_FALSE(policy.AllowsService(method, "notifier"));
    CHECK_FALSE(policy.AllowsService(method, "checkin"));
    CHECK(policy.RolesAllowed(method).empty());
  }
}

TEST_CASE("the desk's work is done by officers of the desk, and by no service") {
  const AccessPolicy policy = RegistryPolicy();
  const auto methods = CompiledMethods("oshirase.registry.v1.DeskService");
  CHECK(methods.size() == kDeskMethods);
  for (const auto& method : methods) {
    INFO(method);
    CHECK(policy.RolesAllowed(method) == Roles{Role::kDesk});
    for (const auto* service : {"gateway", "checkin", "notifier", "registry"})
      CHECK_FALSE(policy.AllowsService(method, service));
  }
}

TEST_CASE("each service may call what it needs and nothing else") {
  const AccessPolicy policy = RegistryPolicy();
  for (const auto& [method, services] : ServicesThatMay()) {
    for (const auto* service : {"gateway", "checkin", "notifier", "registry"}) {
      INFO(method << " by " << service);
      CHECK(policy.AllowsService(kPrefix + method, service) == services.contains(service));
    }
  }
}

TEST_CASE("no officer, whatever the role, gets a key") {
  const AccessPolicy policy = RegistryPolicy();
  CHECK(policy.RolesAllowed(std::string(kPrefix) + "GetOuterKeys").empty());
  CHECK(policy.RolesAllowed(std::string(kPrefix) + "ReleaseOuterKeys").empty());
  CHECK(policy.RolesAllowed(std::string(kPrefix) + "VoidStatement").empty());
}

TEST_CASE("auditors name a case's venues, but neither search venues nor look up codes") {
  const AccessPolicy policy = RegistryPolicy();
  const auto auditors_may = [&](const std::string& method) {
    return policy.RolesAllowed(kPrefix + method).Has(Role::kAudit);
  };
  CHECK(auditors_may("BatchGetVenues"));
  CHECK_FALSE(auditors_may("FindVenues"));
  CHECK_FALSE(auditors_may("LookupVenueCode"));
  CHECK(policy.RolesAllowed(std::string(kPrefix) + "BatchGetVenues").Has(Role::kApprove));
}

TEST_CASE("only operators make officers, and only auditors read the log") {
  const AccessPolicy policy = RegistryPolicy();
  CHECK(policy.RolesAllowed(std::string(kPrefix) + "EnrolOfficer") == Roles{Role::kOperate});
  CHECK(policy.RolesAllowed(std::string(kPrefix) + "RevokeOfficer") == Roles{Role::kOperate});
  CHECK(policy.RolesAllowed(std::string(kPrefix) + "ListAuditEntries") == Roles{Role::kAudit});
}

}  // namespace
}  // namespace oshirase::registry

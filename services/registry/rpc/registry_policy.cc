#include "services/registry/rpc/registry_policy.h"

#include <string>
#include <vector>

namespace oshirase::registry {
namespace {

// Everyone who works with venues: all officers but pure auditors.
constexpr Roles kVenueFinders{Role::kSubmit, Role::kApprove, Role::kDrill, Role::kDesk,
                              Role::kOperate};
constexpr Roles kVenueKeepers{Role::kDesk, Role::kOperate};
constexpr Roles kOperators{Role::kOperate};
constexpr Roles kAuditors{Role::kAudit};
constexpr Roles kEverybody{Role::kSubmit,  Role::kApprove, Role::kAudit,
                           Role::kOperate, Role::kDrill,   Role::kDesk};

std::string Method(const std::string& name) {
  return "/oshirase.registry.v1.RegistryService/" + name;
}

// What only the gateway may call: for whom it acts is told by a credential, which is checked there.
constexpr const char* kBusinessMethods[] = {
    "StartRegistration", "CheckLink",      "OpenSession",         "CloseSession",
    "RequestUpkeepLink", "GetBusiness",    "ListOwnVenues",       "GetOwnVenue",
    "AddVenue",          "UpdateVenue",    "ReplaceOwnVenueCode", "SetOwnVenueState",
    "ImportVenues",      "RenderDocument", "StartBundle",         "GetBundle",
    "DownloadBundle"};

// What anybody may ask, through the gateway.
constexpr const char* kPublicMethods[] = {"GetCertificate", "SearchListedVenues",
                                          "StreamListedVenues", "SubmitEnquiry", "SubmitReport"};

// The register desk's own work.
constexpr const char* kDeskMethods[] = {
    "SearchRegister",      "GetEntry",         "CorrectEntry",        "RegisterOnBehalf",
    "DrawDocument",        "RecordInspection", "WithdrawCertificate", "MailBusiness",
    "ListLetters",         "CloseLetter",      "CountRegister",       "ExportRegister",
    "ReissueCertificates", "IssueApiKey",      "ListApiKeys",         "RevokeApiKey"};

}  // namespace

AccessPolicy RegistryPolicy() {
  std::vector<AccessRule> rules = {
      // Businesses register through the gateway; the desk does it on their behalf.
      {Method("RegisterVenue"), {"gateway"}, kVenueKeepers},
      {Method("LookupVenueCode"), {"gateway"}, kVenueFinders},
      {Method("ListCodeChanges"), {"gateway"}, {}},
      // The notifier names venues in notices; approvers and auditors take the names of a case's
      // venues from here.
      {Method("BatchGetVenues"), {"notifier"}, kEverybody},
      {Method("FindVenues"), {}, kVenueFinders},
      {Method("ReplaceVenueCode"), {"gateway"}, kVenueKeepers},
      // Suspending is an act of office, also for whoever takes the health centre's calls.
      {Method("SetVenueState"), {}, {Role::kDesk, Role::kOperate, Role::kSubmit}},
      {Method("GetOuterKeys"), {"checkin"}, {}},
      // An officer never gets a key, only the notifier, and only against signatures.
      {Method("ReleaseOuterKeys"), {"notifier"}, {}},
      {Method("VoidStatement"), {"notifier"}, {}},
      {Method("EnrolOfficer"), {}, kOperators},
      {Method("RevokeOfficer"), {}, kOperators},
      // Officers check each other's signatures with the keys in here.
      {Method("GetOfficer"), {"notifier"}, kEverybody},
      {Method("ListOfficers"), {}, {Role::kOperate, Role::kAudit}},
      {Method("ListAuditEntries"), {}, kAuditors},
  };
  const auto add = [&](const std::string& service, const auto& methods, const AccessRule& who) {
    for (const auto* method : methods) {
      AccessRule& rule = rules.emplace_back(who);
      rule.method = "/oshirase.registry.v1." + service + "/" + method;
    }
  };
  add("BusinessService", kBusinessMethods, {.method = "", .services = {"gateway"}, .roles = {}});
  add("PublicService", kPublicMethods, {.method = "", .services = {"gateway"}, .roles = {}});
  add("DeskService", kDeskMethods, {.method = "", .services = {}, .roles = {Role::kDesk}});
  return AccessPolicy(rules);
}

}  // namespace oshirase::registry

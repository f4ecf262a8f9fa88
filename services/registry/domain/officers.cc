#include "services/registry/domain/officers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/crypto/certificate_identity.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

constexpr absl::string_view kOfficerUri = "spiffe://officers.oshirase/";

struct CertifiedOfficer {
  std::string id;
  crypto::VerifyKey key{};
};

// Who a certificate is for, when it can be used now.
absl::StatusOr<CertifiedOfficer> ReadOfficer(const std::string& pem, absl::Time now) {
  const auto identity = crypto::ReadCertificate(pem);
  if (!identity.ok())
    return OfficerInvalid("the certificate cannot be read, or has no Ed25519 key or no single URI");
  absl::string_view id = identity->uri;
  if (!absl::ConsumePrefix(&id, kOfficerUri) || !IsOfficerId(id))
    return OfficerInvalid("the certificate is no officer's");
  if (now + kClockSkew < identity->not_before || now >= identity->not_after)
    return OfficerInvalid("the certificate is not valid now");
  return CertifiedOfficer{.id = std::string(id), .key = identity->verify_key};
}

std::vector<std::string> Names(Roles roles) {
  std::vector<std::string> names;
  for (const Role role :
       {Role::kSubmit, Role::kApprove, Role::kAudit, Role::kOperate, Role::kDrill, Role::kDesk}) {
    if (roles.Has(role)) names.emplace_back(RoleName(role));
  }
  return names;
}

AuditNote EnrolmentNote(const std::string& actor, const std::string& id, Roles roles) {
  return {.actor = actor,
          .action = "officer.enrolled",
          .subject = id,
          .facts = {{"roles", Names(roles)}}};
}

}  // namespace

Officers::Officers(OfficerStore& store, Clock clock) : store_(store), clock_(std::move(clock)) {}

absl::StatusOr<Officer> Officers::Enrol(const EnrolRequest& request) {
  if (request.roles.empty()) return OfficerInvalid("at least one role is required");
  const absl::Time now = clock_();
  ASSIGN_OR_RETURN(const auto person, ReadOfficer(request.certificate_pem, now));
  if (person.id != request.officer_id)
    return OfficerInvalid("the certificate is another officer's");
  ASSIGN_OR_RETURN(
      auto officer,
      store_.Enrol({.officer_id = person.id, .roles = request.roles, .key = person.key, .now = now},
                   EnrolmentNote(request.actor, person.id, request.roles)));
  return *std::move(officer);
}

absl::Status Officers::EnrolFirstOperator(const std::string& certificate_pem) {
  const absl::Time now = clock_();
  ASSIGN_OR_RETURN(const auto person, ReadOfficer(certificate_pem, now));
  return store_
      .Enrol({.officer_id = person.id,
              .roles = {Role::kOperate},
              .key = person.key,
              .now = now,
              .only_without_operator = true},
             EnrolmentNote("service/registry", person.id, {Role::kOperate}))
      .status();
}

absl::StatusOr<Officer> Officers::Revoke(const std::string& id, const std::string& reason,
                                         const std::string& actor) {
  return store_.Revoke(
      id, clock_(),
      {.actor = actor, .action = "officer.revoked", .subject = id, .facts = {{"reason", reason}}});
}

absl::StatusOr<Officer> Officers::Get(const std::string& id) {
  ASSIGN_OR_RETURN(auto officer, store_.Find(id));
  if (!officer.has_value()) return OfficerNotFound();
  return *std::move(officer);
}

absl::StatusOr<std::vector<Officer>> Officers::List(const std::string& after, int limit) {
  return store_.List(after, limit);
}

absl::StatusOr<Roles> Officers::RolesOf(const std::string& officer_id) {
  ASSIGN_OR_RETURN(const auto officer, store_.Find(officer_id));
  return officer.has_value() ? officer->roles() : Roles();
}

}  // namespace oshirase::registry

#include "services/notifier/domain/officers.h"

#include <algorithm>
#include <utility>

#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/statement_check.h"

namespace oshirase::notifier {
namespace {

// The roles an officer must have one of to sign like this.
Roles RolesToSign(crypto::SignatureRole role, bool drill) {
  Roles roles;
  switch (role) {
    case crypto::SignatureRole::kSubmit:
      roles = {Role::kSubmit};
      break;
    case crypto::SignatureRole::kApprove:
      roles = {Role::kApprove};
      break;
    case crypto::SignatureRole::kReject:
      roles = {Role::kSubmit, Role::kApprove};
      break;
  }
  if (drill) roles.Add(Role::kDrill);
  return roles;
}

}  // namespace

Officers::Officers(RegistryClient& registry, Clock clock)
    : registry_(registry), clock_(std::move(clock)) {}

absl::StatusOr<Officer> Officers::Find(const std::string& officer_id) {
  const absl::Time now = clock_();
  {
    absl::MutexLock lock(&mu_);
    const auto found = remembered_.find(officer_id);
    if (found != remembered_.end() && now < found->second.until) return found->second.officer;
  }
  auto officer = registry_.GetOfficer(officer_id);
  if (absl::IsNotFound(officer.status())) officer = Officer{.officer_id = officer_id};
  if (!officer.ok()) return officer.status();
  absl::MutexLock lock(&mu_);
  remembered_[officer_id] = {*officer, now + kOfficerCacheLife};
  return officer;
}

absl::StatusOr<Roles> Officers::RolesOf(const std::string& officer_id) {
  ASSIGN_OR_RETURN(const Officer officer, Find(officer_id));
  return officer.roles;
}

absl::Status Officers::CheckSignature(const std::string& caller, const SignedStatement& statement,
                                      const OfficerSignature& signature, absl::Time now) {
  if (signature.officer_id != caller) {
    return SignatureInvalid("the signature is not that of the officer who calls");
  }
  if (signature.sign_time > now + kClockTolerance) {
    return SignatureInvalid("the signature's time lies in the future; check the machine's clock");
  }
  if (signature.sign_time < now - kSignatureLife) {
    return SignatureInvalid("the signature is older than 30 minutes; sign again");
  }
  ASSIGN_OR_RETURN(const Officer officer, Find(caller));
  if (!officer.roles.HasAnyOf(RolesToSign(signature.role, statement.drill))) {
    return SignatureInvalid("the officer has no role to sign this");
  }
  const crypto::Digest digest = crypto::Sha256(statement.bytes);
  const crypto::OfficerSignature claimed{signature.signature, signature.sign_time};
  const bool matches =
      std::any_of(officer.keys.begin(), officer.keys.end(), [&](const crypto::VerifyKey& key) {
        return crypto::VerifyStatement(key, signature.role, digest, claimed).ok();
      });
  if (!matches) return SignatureInvalid("the signature is not the officer's over this statement");
  return absl::OkStatus();
}

}  // namespace oshirase::notifier

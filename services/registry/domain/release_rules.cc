#include "services/registry/domain/release_rules.h"

#include <algorithm>
#include <set>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

using crypto::SignatureRole;

// The officer's roles that permit signing in this role. Identities of role drill can sign drills
// and nothing else.
Roles RolesFor(SignatureRole role, bool drill) {
  Roles roles{role == SignatureRole::kSubmit ? Role::kSubmit : Role::kApprove};
  if (drill) roles.Add(Role::kDrill);
  return roles;
}

absl::Status CheckComposition(const std::vector<StatementSignature>& signatures) {
  if (signatures.size() > kMaxSignatures)
    return ReleaseRefused("TOO_MANY_SIGNATURES", "there are more than 10 signatures");
  size_t submitted = 0;
  size_t approved = 0;
  std::set<std::string> people;
  for (const auto& signature : signatures) {
    if (signature.role == SignatureRole::kReject)
      return ReleaseRefused("SIGNATURE_ROLE_WRONG", "a signature says reject");
    ++(signature.role == SignatureRole::kSubmit ? submitted : approved);
    people.insert(signature.officer_id);
  }
  if (submitted == 0 || approved == 0)
    return ReleaseRefused("SIGNATURE_MISSING", "one must submit and another approve");
  if (people.size() != signatures.size())
    return ReleaseRefused("OFFICERS_NOT_DISTINCT", "one officer signed twice");
  if (submitted > 1)
    return ReleaseRefused("SIGNATURE_ROLE_WRONG", "more than one signature says submit");
  return absl::OkStatus();
}

bool AnyKeyMade(const Officer& officer, const StatementSignature& signature,
                const crypto::Digest& digest) {
  return std::any_of(officer.keys.begin(), officer.keys.end(), [&](const OfficerKey& key) {
    return key.add_time <= signature.signed_part.signed_at + kClockSkew &&
           crypto::VerifyStatement(key.key, signature.role, digest, signature.signed_part).ok();
  });
}

bool NeedsThird(const std::map<VenueId, absl::Duration>& windows) {
  return windows.size() > kVenuesOfTwo ||
         std::any_of(windows.begin(), windows.end(),
                     [](const auto& venue) { return venue.second > kWindowOfTwo; });
}

}  // namespace

absl::Status CheckSignature(const StatementSignature& signature, const crypto::Digest& digest,
                            const OfficersById& officers, absl::Time now) {
  const auto officer = officers.find(signature.officer_id);
  if (officer == officers.end())
    return ReleaseRefused("OFFICER_UNKNOWN", "a signature is by nobody enrolled");
  if (officer->second.revoke_time.has_value())
    return ReleaseRefused("OFFICER_REVOKED", "a signature is by a revoked officer");
  if (signature.signed_part.signed_at > now + kClockSkew)
    return ReleaseRefused("SIGNATURE_FROM_FUTURE", "a signature is dated in the future");
  if (!AnyKeyMade(officer->second, signature, digest))
    return ReleaseRefused("SIGNATURE_INVALID", "a signature does not fit the statement");
  return absl::OkStatus();
}

absl::Status CheckSignatures(const std::vector<StatementSignature>& signatures,
                             const crypto::Digest& digest, bool drill, const OfficersById& officers,
                             absl::Time now) {
  RETURN_IF_ERROR(CheckComposition(signatures));
  for (const auto& signature : signatures) {
    RETURN_IF_ERROR(CheckSignature(signature, digest, officers, now));
    const Officer& officer = officers.at(signature.officer_id);
    const Roles permitting = RolesFor(signature.role, drill);
    if (!officer.roles().HasAnyOf(permitting) ||
        !officer.RolesAt(signature.signed_part.signed_at).HasAnyOf(permitting)) {
      return ReleaseRefused("ROLE_MISSING", "an officer's roles do not permit the signature");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRecord(const StatementRecord& record, const std::string& case_id,
                         absl::Time now) {
  if (record.void_time.has_value())
    return ReleaseRefused("STATEMENT_VOID", "the statement was rejected or cancelled");
  if (!record.release.has_value()) return absl::OkStatus();
  if (record.release->case_id != case_id)
    return ReleaseRefused("STATEMENT_OF_OTHER_CASE", "the statement belongs to another case");
  if (now >= record.release->end_time)
    return ReleaseRefused("STATEMENT_CLOSED", "the statement's time of release is over");
  return absl::OkStatus();
}

absl::Status CheckFirstTimes(const Statement& statement,
                             const std::vector<StatementSignature>& signatures, absl::Time now) {
  if (now >= statement.expire_time)
    return ReleaseRefused("STATEMENT_EXPIRED", "the statement has expired");
  for (const auto& signature : signatures) {
    const absl::Time signed_at = signature.signed_part.signed_at;
    if (signature.role == SignatureRole::kApprove && now - signed_at > kMaxApprovalAge)
      return ReleaseRefused("APPROVAL_TOO_OLD", "an approval is older than 30 minutes");
    if (signature.role == SignatureRole::kSubmit && statement.expire_time - signed_at > kMaxLife)
      return ReleaseRefused("EXPIRY_TOO_LATE", "the statement outlives its submission by a day");
  }
  return absl::OkStatus();
}

absl::Status CheckWindows(const Statement& statement, size_t signature_count, absl::Time now) {
  std::map<VenueId, absl::Duration> windows;
  for (const auto& exposure : statement.exposures) {
    if (exposure.to > now) return ReleaseRefused("WINDOW_IN_FUTURE", "a window has not ended yet");
    if (exposure.to - exposure.from > kMaxWindow)
      return ReleaseRefused("WINDOW_TOO_LONG", "a window is longer than 24 hours");
    if (exposure.stay > kMaxStay)
      return ReleaseRefused("STAY_TOO_LONG", "a stay is longer than 12 hours");
    if (exposure.linger > kMaxLinger)
      return ReleaseRefused("LINGER_TOO_LONG", "a linger is longer than 3 hours");
    // Windows at one venue add up, or three short ones would do what one long one may not.
    windows[exposure.venue_id] += exposure.to - exposure.from;
  }
  if (windows.size() > kMaxVenues)
    return ReleaseRefused("TOO_MANY_VENUES", "there are more than 20 venues");
  if (signature_count < 3 && NeedsThird(windows)) {
    return ReleaseRefused("THIRD_SIGNATURE_NEEDED",
                          "more than 5 venues or 12 hours at one need a third signature");
  }
  return absl::OkStatus();
}

absl::Status CheckVenues(const Statement& statement, const std::vector<Venue>& venues) {
  std::map<VenueId, const Venue*> by_id;
  for (const auto& venue : venues) by_id[venue.id] = &venue;
  for (const auto& exposure : statement.exposures) {
    const auto found = by_id.find(exposure.venue_id);
    if (found == by_id.end()) return ReleaseRefused("VENUE_UNKNOWN", "a venue does not exist");
    const VenueDetails& details = found->second->details;
    if (details.drill != statement.drill) {
      return ReleaseRefused("DRILL_MISMATCH",
                            "a drill names only drill venues, a real case none of them");
    }
    // Both ways: without its end, visits would be taken to outlive the event.
    if (exposure.event_end != details.event_end)
      return ReleaseRefused("EVENT_END_MISMATCH", "an event's end is not the registered one");
  }
  return absl::OkStatus();
}

}  // namespace oshirase::registry

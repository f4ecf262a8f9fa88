#include "services/registry/domain/key_release.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/escaping.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

std::string Hex(const crypto::Digest& digest) {
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

// A refusal is a decision and belongs in the audit log; a failure is a reason to ask again.
bool IsRefusal(const absl::Status& status) {
  return absl::IsPermissionDenied(status) || absl::IsInvalidArgument(status) ||
         absl::IsFailedPrecondition(status);
}

std::vector<std::string> SignerIds(const std::vector<StatementSignature>& signatures) {
  std::vector<std::string> ids;
  for (const auto& signature : signatures) {
    // What is refused may name anything at all; only what can be an officer's id is repeated.
    ids.push_back(IsOfficerId(signature.officer_id) ? signature.officer_id : "?");
    if (ids.size() == kMaxSignatures) break;
  }
  return ids;
}

AuditNote RefusalNote(const ReleaseRequest& request, const crypto::Digest& digest) {
  return {.actor = request.actor,
          .action = "release.refused",
          .subject = request.case_id,
          .facts = {{"statement", Hex(digest)}, {"signers", SignerIds(request.signatures)}}};
}

AuditNote GrantNote(const ReleaseRequest& request, const crypto::Digest& digest,
                    const Statement& statement, const ReleasableKeys& keys) {
  int64_t hours = 0;
  std::vector<std::string> venues;
  for (const auto& venue : keys.venues) {
    hours += static_cast<int64_t>(venue.hours.size());
    venues.push_back(venue.id.value);
  }
  return {.actor = request.actor,
          .action = "release.granted",
          .subject = request.case_id,
          .facts = {{"statement", Hex(digest)},
                    {"signers", SignerIds(request.signatures)},
                    {"drill", statement.drill},
                    {"venues", std::move(venues)},
                    {"venue_hours", hours},
                    {"hours_lost", keys.left_out.lost},
                    {"hours_destroyed", keys.left_out.destroyed},
                    {"hours_never_open", keys.left_out.never_open}}};
}

// The later of 24 h after the first release and the end of the day after the last exposed hour.
absl::Time EndOfReleases(const Statement& statement, absl::Time now) {
  const Day last = DayOf(EndOfLastHour(statement) - absl::Seconds(1));
  return std::max(now + KeyReleaser::kReleasedAgainFor, StartOf(last + 2));
}

}  // namespace

KeyReleaser::KeyReleaser(ReleaseParts parts) : parts_(std::move(parts)) {}

absl::StatusOr<OfficersById> KeyReleaser::SignersOf(
    const std::vector<StatementSignature>& signatures) {
  OfficersById officers;
  std::set<std::string> asked;
  for (const auto& signature : signatures) {
    if (asked.size() == kMaxSignatures) break;  // more are refused anyway
    if (!IsOfficerId(signature.officer_id) || !asked.insert(signature.officer_id).second) continue;
    ASSIGN_OR_RETURN(auto officer, parts_.officers.Find(signature.officer_id));
    if (officer.has_value()) officers.emplace(signature.officer_id, *std::move(officer));
  }
  return officers;
}

absl::Status KeyReleaser::CheckAgainstVenues(const Statement& statement) {
  std::set<VenueId> ids;
  for (const auto& exposure : statement.exposures) ids.insert(exposure.venue_id);
  ASSIGN_OR_RETURN(const auto venues, parts_.venues.BatchGet({ids.begin(), ids.end()}));
  return CheckVenues(statement, venues);
}

absl::StatusOr<ReleasedKeys> KeyReleaser::TryRelease(const ReleaseRequest& request,
                                                     const crypto::Digest& digest) {
  const absl::Time now = parts_.clock();
  if (request.statement.size() > kMaxStatementBytes)
    return StatementInvalid("the statement is longer than 32 KiB");
  ASSIGN_OR_RETURN(const Statement statement, parts_.read(request.statement));
  RETURN_IF_ERROR(CheckShape(statement));
  ASSIGN_OR_RETURN(const auto signers, SignersOf(request.signatures));
  RETURN_IF_ERROR(CheckSignatures(request.signatures, digest, statement.drill, signers, now));
  ASSIGN_OR_RETURN(const auto record, parts_.statements.Find(digest));
  RETURN_IF_ERROR(CheckRecord(record, request.case_id, now));
  if (!record.release.has_value())
    RETURN_IF_ERROR(CheckFirstTimes(statement, request.signatures, now));
  RETURN_IF_ERROR(CheckWindows(statement, request.signatures.size(), now));
  RETURN_IF_ERROR(CheckAgainstVenues(statement));
  ASSIGN_OR_RETURN(auto keys, parts_.keys.PrivateKeys(statement));
  ASSIGN_OR_RETURN(const auto recorded,
                   parts_.statements.RecordRelease(digest,
                                                   {.case_id = request.case_id,
                                                    .first_time = now,
                                                    .end_time = EndOfReleases(statement, now)},
                                                   GrantNote(request, digest, statement, keys)));
  return ReleasedKeys{.venues = std::move(keys.venues), .end_time = recorded.end_time};
}

absl::Status KeyReleaser::TryVoid(const VoidRequest& request) {
  const absl::Time now = parts_.clock();
  const StatementSignature& signature = request.signature;
  if (signature.role != crypto::SignatureRole::kReject)
    return ReleaseRefused("SIGNATURE_ROLE_WRONG", "the signature does not say reject");
  ASSIGN_OR_RETURN(const auto signers, SignersOf({signature}));
  RETURN_IF_ERROR(CheckSignature(signature, request.digest, signers, now));
  // Whoever may enter may cancel, whoever may approve may reject. Which case it is, and whose, only
  // the notifier knows; a void statement harms nobody's privacy.
  const Roles permitting{Role::kSubmit, Role::kApprove, Role::kDrill};
  if (!signers.at(signature.officer_id).roles().HasAnyOf(permitting))
    return ReleaseRefused("ROLE_MISSING", "the officer's roles do not permit the signature");
  return parts_.statements.RecordVoid(request.digest, now,
                                      {.actor = "officer/" + signature.officer_id,
                                       .action = "statement.voided",
                                       .subject = "",
                                       .facts = {{"statement", Hex(request.digest)}}});
}

absl::Status KeyReleaser::Conclude(const absl::Status& result, const AuditNote& refusal) {
  absl::Status status = result;
  if (IsRefusal(result)) {
    AuditNote note = refusal;
    note.facts.push_back({"reason", ReasonOf(result)});
    // Who cannot be told on is not answered.
    if (auto noted = parts_.audit.Append(note); !noted.ok()) status = std::move(noted);
  }
  return status;
}

absl::StatusOr<ReleasedKeys> KeyReleaser::Release(const ReleaseRequest& request) {
  const crypto::Digest digest = crypto::Sha256(request.statement);
  auto release = TryRelease(request, digest);
  auto status = Conclude(release.status(), RefusalNote(request, digest));
  if (parts_.on_result) {
    const std::string reason = ReasonOf(status);
    parts_.on_result(status.ok() ? "granted" : reason.empty() ? "failed" : reason);
  }
  if (!status.ok()) return status;
  return release;
}

absl::Status KeyReleaser::Void(const VoidRequest& request) {
  return Conclude(TryVoid(request), {.actor = request.actor,
                                     .action = "statement.void-refused",
                                     .subject = "",
                                     .facts = {{"statement", Hex(request.digest)},
                                               {"signers", SignerIds({request.signature})}}});
}

}  // namespace oshirase::registry

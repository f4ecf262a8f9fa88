#include "services/registry/rpc/request_reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/server/access_control.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/venue_check.h"
#include "services/registry/rpc/bad_request.h"
#include "services/registry/rpc/convert.h"

namespace oshirase::registry {
namespace {

constexpr size_t kMaxSearchCharacters = 100;
constexpr int kDefaultSearchPage = 20;
constexpr size_t kMaxCertificateBytes = size_t{8} * 1024;

// Role reject stands in for a role that is none: it never permits a release, and the check says so.
StatementSignature ReadSignature(const v1::OfficerSignature& proto, const std::string& field,
                                 RequestCheck& check) {
  const auto role = FromProto(proto.role());
  if (!role.has_value()) check.Add(field + ".role", "REQUIRED", "must be a role");
  if (!IsOfficerId(proto.officer_id()))
    check.Add(field + ".officer_id", "NOT_AN_OFFICER_ID", "must be 1 to 40 of a-z, 0-9 and -");
  // The signature covers whole seconds; a fraction would be unsigned.
  if (!proto.has_sign_time() || proto.sign_time().nanos() != 0)
    check.Add(field + ".sign_time", "NOT_WHOLE_SECONDS", "must be set, in whole seconds");
  check.Range(field + ".sign_time.seconds", proto.sign_time().seconds(), 0, 253'402'300'799);
  check.Range(field + ".signature.length", static_cast<int64_t>(proto.signature().size()),
              crypto::kSignatureSize, crypto::kSignatureSize);
  return {
      .officer_id = proto.officer_id(),
      .role = role.value_or(crypto::SignatureRole::kReject),
      .signed_part = {.signature = proto.signature(), .signed_at = FromProto(proto.sign_time())}};
}

}  // namespace

std::string ActorOf(const grpc::ServerContext& context) {
  const Caller caller = CallerOf(context);
  switch (caller.kind) {
    case Caller::Kind::kOfficer:
      return "officer/" + caller.name;
    case Caller::Kind::kService:
      return "service/" + caller.name;
    case Caller::Kind::kNone:
      break;
  }
  return "nobody";  // the access policy lets nobody in without an identity
}

absl::StatusOr<ReleaseRequest> ReadRelease(const v1::ReleaseOuterKeysRequest& request,
                                           const std::string& actor) {
  RequestCheck check;
  check.Uuid("case_id", request.case_id());
  check.Range("statement.length", static_cast<int64_t>(request.statement().size()), 1,
              kMaxStatementBytes);
  check.Range("signatures.length", request.signatures_size(), 0, kMaxSignatures);
  RETURN_IF_ERROR(check.Finish());
  ReleaseRequest release{.statement = request.statement(),
                         .signatures = {},
                         .case_id = request.case_id(),
                         .actor = actor};
  for (int i = 0; i < request.signatures_size(); ++i) {
    release.signatures.push_back(
        ReadSignature(request.signatures(i), absl::StrCat("signatures[", i, "]"), check));
  }
  RETURN_IF_ERROR(check.Finish());
  return release;
}

absl::StatusOr<VoidRequest> ReadVoid(const v1::VoidStatementRequest& request,
                                     const std::string& actor) {
  RequestCheck check;
  VoidRequest voided{.digest = {},
                     .signature = ReadSignature(request.signature(), "signature", check),
                     .actor = actor};
  const std::string& digest = request.statement_sha256();
  check.Range("statement_sha256.length", static_cast<int64_t>(digest.size()),
              static_cast<int64_t>(voided.digest.size()),
              static_cast<int64_t>(voided.digest.size()));
  RETURN_IF_ERROR(check.Finish());
  std::copy(digest.begin(), digest.end(), voided.digest.begin());
  return voided;
}

absl::StatusOr<EnrolRequest> ReadEnrolment(const v1::EnrolOfficerRequest& request,
                                           const std::string& actor) {
  EnrolRequest enrolment{.officer_id = request.officer_id(),
                         .roles = {},
                         .certificate_pem = request.certificate_pem(),
                         .actor = actor};
  if (!IsOfficerId(request.officer_id()))
    return OfficerInvalid("officer_id must be 1 to 40 of a-z, 0-9 and -");
  if (request.certificate_pem().size() > kMaxCertificateBytes)
    return OfficerInvalid("the certificate is longer than 8 KiB");
  for (const int number : request.roles()) {
    const auto role = FromProto(static_cast<v1::OfficerRole>(number));
    if (!role.has_value()) return OfficerInvalid("a role is none");
    enrolment.roles.Add(*role);
  }
  return enrolment;
}

absl::StatusOr<VenueSearchRequest> ReadSearch(const v1::FindVenuesRequest& request,
                                              const std::string& actor) {
  RequestCheck check;
  VenueSearchRequest search{.text = request.text(),
                            .page_size = check.PageSize(request.page_size(), kDefaultSearchPage),
                            .page_token = request.page_token(),
                            .actor = actor};
  check.Add(CheckText("text", search.text, kMaxSearchCharacters));
  RETURN_IF_ERROR(check.Finish());
  return search;
}

absl::StatusOr<std::vector<VenueId>> ReadVenueIds(
    const google::protobuf::RepeatedPtrField<std::string>& venue_ids, int max) {
  RequestCheck check;
  check.Range("venue_ids.length", venue_ids.size(), 1, max);
  RETURN_IF_ERROR(check.Finish());
  std::vector<VenueId> ids;
  for (int i = 0; i < venue_ids.size(); ++i) {
    check.Uuid(absl::StrCat("venue_ids[", i, "]"), venue_ids[i]);
    ids.push_back({venue_ids[i]});
  }
  RETURN_IF_ERROR(check.Finish());
  return ids;
}

}  // namespace oshirase::registry

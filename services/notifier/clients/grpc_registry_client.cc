#include "services/notifier/clients/grpc_registry_client.h"

#include <algorithm>
#include <utility>

#include "common/client/call_context.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/rpc/signature_convert.h"

namespace oshirase::notifier {
namespace {

namespace v1 = registry::v1;

// What a call returned; whoever waits for it shall know which neighbour it was.
absl::Status Result(const grpc::Status& status) {
  auto result = FromGrpcStatus(status);
  const bool away = absl::IsUnavailable(result) || absl::IsDeadlineExceeded(result);
  return away ? RegistryUnavailable() : result;
}

constexpr absl::Duration kTimeout = absl::Seconds(2);
// The registry may wait for its database and writes an audit entry first.
constexpr absl::Duration kReleaseTimeout = absl::Seconds(5);

Role RoleOf(v1::OfficerRole role) {
  switch (role) {
    case v1::OFFICER_ROLE_SUBMIT:
      return Role::kSubmit;
    case v1::OFFICER_ROLE_APPROVE:
      return Role::kApprove;
    case v1::OFFICER_ROLE_AUDIT:
      return Role::kAudit;
    case v1::OFFICER_ROLE_OPERATE:
      return Role::kOperate;
    case v1::OFFICER_ROLE_DRILL:
      return Role::kDrill;
    default:
      return Role::kDesk;
  }
}

// Roles that this build does not know give nothing.
bool IsKnown(int role) {
  return v1::OfficerRole_IsValid(role) && role != v1::OFFICER_ROLE_UNSPECIFIED;
}

absl::StatusOr<Release> ReleaseOf(v1::ReleaseOuterKeysResponse& response) {
  Release release{.end_time = absl::FromUnixSeconds(response.release_end_time().seconds()) +
                              absl::Nanoseconds(response.release_end_time().nanos())};
  for (auto& venue : *response.mutable_venues()) {
    for (auto& hour : *venue.mutable_keys()) {
      auto key = crypto::SecretKey::FromBytes(hour.private_key());
      crypto::WipeString(*hour.mutable_private_key());
      RETURN_IF_ERROR(key.status());
      release.hours.push_back(
          {VenueId{venue.venue_id()}, Day{hour.day()}, hour.hour(), *std::move(key)});
    }
  }
  return release;
}

}  // namespace

std::vector<std::string> RetriedRegistryMethods() {
  return {"/oshirase.registry.v1.RegistryService/GetOfficer",
          "/oshirase.registry.v1.RegistryService/BatchGetVenues",
          "/oshirase.registry.v1.RegistryService/ReleaseOuterKeys",
          "/oshirase.registry.v1.RegistryService/VoidStatement"};
}

GrpcRegistryClient::GrpcRegistryClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(v1::RegistryService::NewStub(channel)) {}

absl::StatusOr<Officer> GrpcRegistryClient::GetOfficer(const std::string& officer_id) {
  grpc::ClientContext context;
  PrepareContext(context, {}, kTimeout);
  v1::GetOfficerRequest request;
  request.set_officer_id(officer_id);
  v1::GetOfficerResponse response;
  RETURN_IF_ERROR(Result(stub_->GetOfficer(&context, request, &response)));
  Officer officer{.officer_id = response.officer().officer_id()};
  if (response.officer().has_revoke_time()) return officer;
  for (const int role : response.officer().roles()) {
    if (IsKnown(role)) officer.roles.Add(RoleOf(static_cast<v1::OfficerRole>(role)));
  }
  for (const std::string& bytes : response.officer().public_keys()) {
    crypto::VerifyKey key{};
    if (bytes.size() != key.size()) return absl::InternalError("an officer's key is no key");
    std::copy(bytes.begin(), bytes.end(), key.begin());
    officer.keys.push_back(key);
  }
  return officer;
}

absl::StatusOr<std::vector<NamedVenue>> GrpcRegistryClient::GetVenues(
    const std::vector<VenueId>& ids) {
  grpc::ClientContext context;
  PrepareContext(context, {}, kTimeout);
  v1::BatchGetVenuesRequest request;
  for (const VenueId& id : ids) request.add_venue_ids(id.value);
  v1::BatchGetVenuesResponse response;
  RETURN_IF_ERROR(Result(stub_->BatchGetVenues(&context, request, &response)));
  std::vector<NamedVenue> venues;
  for (const v1::Venue& venue : response.venues()) {
    const v1::VenueDetails& details = venue.details();
    venues.push_back(
        {VenueId{venue.venue_id()}, details.name(), details.name_consent(), details.drill()});
  }
  return venues;
}

absl::StatusOr<Release> GrpcRegistryClient::ReleaseOuterKeys(const ReleaseRequest& request) {
  grpc::ClientContext context;
  PrepareContext(context, {.request_id = {RequestId::Kind::kCase, request.case_id}},
                 kReleaseTimeout);
  v1::ReleaseOuterKeysRequest wire;
  wire.set_statement(request.statement);
  wire.set_case_id(request.case_id);
  for (const OfficerSignature& signature : request.signatures) {
    ToProto(signature, wire.add_signatures());
  }
  v1::ReleaseOuterKeysResponse response;
  RETURN_IF_ERROR(Result(stub_->ReleaseOuterKeys(&context, wire, &response)));
  return ReleaseOf(response);
}

absl::Status GrpcRegistryClient::VoidStatement(const crypto::Digest& statement,
                                               const OfficerSignature& signature) {
  grpc::ClientContext context;
  PrepareContext(context, {}, kTimeout);
  v1::VoidStatementRequest request;
  request.set_statement_sha256(statement.data(), statement.size());
  ToProto(signature, request.mutable_signature());
  v1::VoidStatementResponse response;
  return Result(stub_->VoidStatement(&context, request, &response));
}

}  // namespace oshirase::notifier

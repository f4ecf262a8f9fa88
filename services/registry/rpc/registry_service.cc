#include "services/registry/rpc/registry_service.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/grpc_status.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/venue_check.h"
#include "services/registry/rpc/bad_request.h"
#include "services/registry/rpc/convert.h"
#include "services/registry/rpc/request_reader.h"

namespace oshirase::registry {
namespace {

constexpr int kMaxVenuesPerRead = 100;
constexpr int kMaxVenuesPerKeys = 64;
constexpr int kMaxCodeChanges = 2000;
constexpr size_t kMaxCodeBytes = 256;  // 64 characters, full width included
constexpr size_t kMaxReasonCharacters = 200;
constexpr int kDefaultPage = 50;

}  // namespace

grpc::Status RegistryServiceImpl::RegisterVenue(grpc::ServerContext* context,
                                                const v1::RegisterVenueRequest* request,
                                                v1::RegisterVenueResponse* response) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  FieldViolations violations;
  const auto venue = parts_.registrar.Register(request->request_id(), FromProto(request->details()),
                                               ActorOf(*context), violations);
  if (!violations.empty()) return ToGrpcStatus(WithViolations(venue.status(), violations));
  if (!venue.ok()) return ToGrpcStatus(venue.status());
  ToProto(*venue, parts_.catalogue, response->mutable_venue());
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::LookupVenueCode(grpc::ServerContext* /*context*/,
                                                  const v1::LookupVenueCodeRequest* request,
                                                  v1::LookupVenueCodeResponse* response) {
  if (request->venue_code().size() > kMaxCodeBytes) return ToGrpcStatus(VenueCodeMistyped());
  const auto venue = parts_.registrar.LookupCode(request->venue_code());
  if (!venue.ok()) return ToGrpcStatus(venue.status());
  ToCheckInProto(*venue, parts_.catalogue, response->mutable_venue());
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::ListCodeChanges(grpc::ServerContext* /*context*/,
                                                  const v1::ListCodeChangesRequest* request,
                                                  v1::ListCodeChangesResponse* response) {
  auto changes = parts_.code_changes.Since(request->cursor(), kMaxCodeChanges);
  if (!changes.ok()) return ToGrpcStatus(changes.status());
  for (auto& code : changes->codes) response->add_venue_codes(std::move(code));
  response->set_cursor(changes->cursor);
  response->set_reset(changes->reset);
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::BatchGetVenues(grpc::ServerContext* /*context*/,
                                                 const v1::BatchGetVenuesRequest* request,
                                                 v1::BatchGetVenuesResponse* response) {
  const auto ids = ReadVenueIds(request->venue_ids(), kMaxVenuesPerRead);
  if (!ids.ok()) return ToGrpcStatus(ids.status());
  const auto venues = parts_.registrar.BatchGet(*ids);
  if (!venues.ok()) return ToGrpcStatus(venues.status());
  for (const auto& venue : *venues) ToProto(venue, parts_.catalogue, response->add_venues());
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::FindVenues(grpc::ServerContext* context,
                                             const v1::FindVenuesRequest* request,
                                             v1::FindVenuesResponse* response) {
  const auto search = ReadSearch(*request, ActorOf(*context));
  if (!search.ok()) return ToGrpcStatus(search.status());
  const auto page = parts_.search.Find(*search);
  if (!page.ok()) return ToGrpcStatus(page.status());
  for (const auto& venue : page->venues) ToProto(venue, parts_.catalogue, response->add_venues());
  response->set_next_page_token(page->next_page_token);
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::ReplaceVenueCode(grpc::ServerContext* context,
                                                   const v1::ReplaceVenueCodeRequest* request,
                                                   v1::ReplaceVenueCodeResponse* response) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  check.Uuid("venue_id", request->venue_id());
  check.Grace("grace", request->grace());
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto venue =
      parts_.registrar.ReplaceCode({request->venue_id()}, request->request_id(),
                                   absl::Seconds(request->grace().seconds()), ActorOf(*context));
  if (!venue.ok()) return ToGrpcStatus(venue.status());
  ToProto(*venue, parts_.catalogue, response->mutable_venue());
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::SetVenueState(grpc::ServerContext* context,
                                                const v1::SetVenueStateRequest* request,
                                                v1::SetVenueStateResponse* response) {
  RequestCheck check;
  check.Uuid("venue_id", request->venue_id());
  const auto state = FromProto(request->state());
  if (!state.has_value()) check.Add("state", "REQUIRED", "must be a state");
  std::string reason = request->reason();
  check.Add(CheckText("reason", reason, kMaxReasonCharacters));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto venue = parts_.decisions.SetState({.venue_id = {request->venue_id()},
                                                .state = *state,
                                                .reason = reason,
                                                .actor = ActorOf(*context)});
  if (!venue.ok()) return ToGrpcStatus(venue.status());
  ToProto(*venue, parts_.catalogue, response->mutable_venue());
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::GetOuterKeys(grpc::ServerContext* /*context*/,
                                               const v1::GetOuterKeysRequest* request,
                                               v1::GetOuterKeysResponse* response) {
  const auto ids = ReadVenueIds(request->venue_ids(), kMaxVenuesPerKeys);
  if (!ids.ok()) return ToGrpcStatus(ids.status());
  auto keys = parts_.outer_keys.PublicKeys(Day{request->day()}, *ids);
  if (!keys.ok()) return ToGrpcStatus(keys.status());
  for (size_t i = 0; i < ids->size(); ++i) {
    auto* const venue = response->add_venues();
    venue->set_venue_id((*ids)[i].value);
    venue->set_public_keys(std::move((*keys)[i]));
  }
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::ReleaseOuterKeys(grpc::ServerContext* context,
                                                   const v1::ReleaseOuterKeysRequest* request,
                                                   v1::ReleaseOuterKeysResponse* response) {
  const auto release = ReadRelease(*request, ActorOf(*context));
  if (!release.ok()) return ToGrpcStatus(release.status());
  const auto keys = parts_.releaser.Release(*release);
  if (!keys.ok()) return ToGrpcStatus(keys.status());
  ToProto(*keys, response);
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::VoidStatement(grpc::ServerContext* context,
                                                const v1::VoidStatementRequest* request,
                                                v1::VoidStatementResponse* /*response*/) {
  const auto voided = ReadVoid(*request, ActorOf(*context));
  if (!voided.ok()) return ToGrpcStatus(voided.status());
  return ToGrpcStatus(parts_.releaser.Void(*voided));
}

grpc::Status RegistryServiceImpl::EnrolOfficer(grpc::ServerContext* context,
                                               const v1::EnrolOfficerRequest* request,
                                               v1::EnrolOfficerResponse* response) {
  const auto enrolment = ReadEnrolment(*request, ActorOf(*context));
  if (!enrolment.ok()) return ToGrpcStatus(enrolment.status());
  const auto officer = parts_.officers.Enrol(*enrolment);
  if (!officer.ok()) return ToGrpcStatus(officer.status());
  ToProto(*officer, response->mutable_officer());
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::RevokeOfficer(grpc::ServerContext* context,
                                                const v1::RevokeOfficerRequest* request,
                                                v1::RevokeOfficerResponse* response) {
  RequestCheck check;
  std::string reason = request->reason();
  check.Add(CheckText("reason", reason, kMaxReasonCharacters));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  if (!IsOfficerId(request->officer_id())) return ToGrpcStatus(OfficerNotFound());
  const auto officer = parts_.officers.Revoke(request->officer_id(), reason, ActorOf(*context));
  if (!officer.ok()) return ToGrpcStatus(officer.status());
  ToProto(*officer, response->mutable_officer());
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::GetOfficer(grpc::ServerContext* /*context*/,
                                             const v1::GetOfficerRequest* request,
                                             v1::GetOfficerResponse* response) {
  if (!IsOfficerId(request->officer_id())) return ToGrpcStatus(OfficerNotFound());
  const auto officer = parts_.officers.Get(request->officer_id());
  if (!officer.ok()) return ToGrpcStatus(officer.status());
  ToProto(*officer, response->mutable_officer());
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::ListOfficers(grpc::ServerContext* /*context*/,
                                               const v1::ListOfficersRequest* request,
                                               v1::ListOfficersResponse* response) {
  RequestCheck check;
  const int limit = check.PageSize(request->page_size(), kDefaultPage);
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  // A token is the last id shown.
  const std::string& after = request->page_token();
  if (!after.empty() && !IsOfficerId(after)) return ToGrpcStatus(PageTokenInvalid());
  const auto officers = parts_.officers.List(after, limit + 1);
  if (!officers.ok()) return ToGrpcStatus(officers.status());
  for (const auto& officer : *officers) {
    if (response->officers_size() == limit) {
      response->set_next_page_token(response->officers(limit - 1).officer_id());
      break;
    }
    ToProto(officer, response->add_officers());
  }
  return grpc::Status::OK;
}

grpc::Status RegistryServiceImpl::ListAuditEntries(grpc::ServerContext* /*context*/,
                                                   const v1::ListAuditEntriesRequest* request,
                                                   v1::ListAuditEntriesResponse* response) {
  RequestCheck check;
  const int limit = check.PageSize(request->page_size(), kDefaultPage);
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  // A token is the last seq shown.
  int64_t after = 0;
  if (!request->page_token().empty() &&
      (!absl::SimpleAtoi(request->page_token(), &after) || after < 1)) {
    return ToGrpcStatus(PageTokenInvalid());
  }
  const auto entries = parts_.audit.List(after, limit + 1);
  if (!entries.ok()) return ToGrpcStatus(entries.status());
  for (const auto& entry : *entries) {
    if (response->entries_size() == limit) {
      response->set_next_page_token(absl::StrCat(response->entries(limit - 1).seq()));
      break;
    }
    ToProto(entry, response->add_entries());
  }
  return grpc::Status::OK;
}

}  // namespace oshirase::registry

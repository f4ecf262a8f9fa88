#include "services/registry/rpc/business_service.h"

#include "absl/strings/str_cat.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/registrar.h"
#include "services/registry/domain/venue_check.h"
#include "services/registry/rpc/bad_request.h"
#include "services/registry/rpc/convert.h"
#include "services/registry/rpc/import_reader.h"

namespace oshirase::registry {
namespace {

constexpr int kMaxVenuesPage = 20;  // of some 3 KiB each, within a message

int VenuesPage(int32_t size, RequestCheck& check) {
  check.Range("page_size", size, 0, kMaxVenuesPage);
  return size == 0 ? kMaxVenuesPage : size;
}

// For the wire, with the violations when there are any.
grpc::Status Refusal(const absl::Status& status, const FieldViolations& violations) {
  return ToGrpcStatus(violations.empty() ? status : WithViolations(status, violations));
}

}  // namespace

absl::StatusOr<Holder> BusinessServiceImpl::HolderOf(const v1::Credential& credential) {
  switch (credential.holder_case()) {
    case v1::Credential::kSessionToken:
      return parts_.credentials.OfSession(credential.session_token());
    case v1::Credential::kApiKey:
      return parts_.credentials.OfApiKey(credential.api_key());
    case v1::Credential::HOLDER_NOT_SET:
      break;
  }
  RequestCheck check;
  check.Add("credential", "REQUIRED", "is required");
  return check.Finish();
}

grpc::Status BusinessServiceImpl::StartRegistration(grpc::ServerContext* /*context*/,
                                                    const v1::StartRegistrationRequest* request,
                                                    v1::StartRegistrationResponse* response) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  FieldViolations violations;
  const auto started = parts_.sign_in.StartRegistration(request->request_id(),
                                                        FromProto(request->details()), violations);
  if (!started.ok()) return Refusal(started.status(), violations);
  ToProto(started->link_expire_time, response->mutable_link_expire_time());
  response->set_receipt_number(started->receipt_number);
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::CheckLink(grpc::ServerContext* /*context*/,
                                            const v1::CheckLinkRequest* request,
                                            v1::CheckLinkResponse* response) {
  const auto status = parts_.sign_in.CheckLink(request->link_token());
  if (!status.ok()) return ToGrpcStatus(status.status());
  ToProto(*status, response);
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::OpenSession(grpc::ServerContext* /*context*/,
                                              const v1::OpenSessionRequest* request,
                                              v1::OpenSessionResponse* response) {
  const auto opened = parts_.sign_in.Open(request->link_token());
  if (!opened.ok()) return ToGrpcStatus(opened.status());
  response->set_session_token(opened->token);
  ToProto(opened->expire_time, response->mutable_expire_time());
  response->set_venue_id(opened->venue_id);
  response->set_already_registered(opened->already_registered);
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::CloseSession(grpc::ServerContext* /*context*/,
                                               const v1::CloseSessionRequest* request,
                                               v1::CloseSessionResponse* /*response*/) {
  return ToGrpcStatus(parts_.sign_in.Close(request->session_token()));
}

grpc::Status BusinessServiceImpl::RequestUpkeepLink(grpc::ServerContext* /*context*/,
                                                    const v1::RequestUpkeepLinkRequest* request,
                                                    v1::RequestUpkeepLinkResponse* /*response*/) {
  RequestCheck check;
  std::string email = request->email();
  check.Add(CheckEmail("email", email));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  return ToGrpcStatus(parts_.sign_in.RequestUpkeepLink(email));
}

grpc::Status BusinessServiceImpl::GetBusiness(grpc::ServerContext* /*context*/,
                                              const v1::GetBusinessRequest* request,
                                              v1::GetBusinessResponse* response) {
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  const auto business = parts_.keeper.GetBusiness(*holder);
  if (!business.ok()) return ToGrpcStatus(business.status());
  ToProto(*business, response->mutable_business());
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::ListOwnVenues(grpc::ServerContext* /*context*/,
                                                const v1::ListOwnVenuesRequest* request,
                                                v1::ListOwnVenuesResponse* response) {
  RequestCheck check;
  const int page_size = VenuesPage(request->page_size(), check);
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  const auto page = parts_.keeper.List(*holder, page_size, request->page_token());
  if (!page.ok()) return ToGrpcStatus(page.status());
  for (const auto& venue : page->venues) ToProto(venue, View(), response->add_venues());
  response->set_next_page_token(page->next_page_token);
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::GetOwnVenue(grpc::ServerContext* /*context*/,
                                              const v1::GetOwnVenueRequest* request,
                                              v1::GetOwnVenueResponse* response) {
  RequestCheck check;
  check.Uuid("venue_id", request->venue_id());
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  const auto venue = parts_.keeper.Get(*holder, {request->venue_id()});
  if (!venue.ok()) return ToGrpcStatus(venue.status());
  ToProto(*venue, View(), response->mutable_venue());
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::AddVenue(grpc::ServerContext* /*context*/,
                                           const v1::AddVenueRequest* request,
                                           v1::AddVenueResponse* response) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  FieldViolations violations;
  const auto venue =
      parts_.keeper.Add(*holder, request->request_id(), FromProto(request->details()), violations);
  if (!venue.ok()) return Refusal(venue.status(), violations);
  ToProto(*venue, View(), response->mutable_venue());
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::UpdateVenue(grpc::ServerContext* /*context*/,
                                              const v1::UpdateVenueRequest* request,
                                              v1::UpdateVenueResponse* response) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  check.Uuid("venue_id", request->venue_id());
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  FieldViolations violations;
  const auto updated = parts_.keeper.Update(*holder,
                                            {.request_id = request->request_id(),
                                             .venue_id = {request->venue_id()},
                                             .revision = request->revision(),
                                             .details = FromProto(request->details())},
                                            violations);
  if (!updated.ok()) return Refusal(updated.status(), violations);
  ToProto(updated->venue, View(), response->mutable_venue());
  response->set_certificate_issued(updated->certificate_issued);
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::ReplaceOwnVenueCode(grpc::ServerContext* /*context*/,
                                                      const v1::ReplaceOwnVenueCodeRequest* request,
                                                      v1::ReplaceOwnVenueCodeResponse* response) {
  RequestCheck check;
  check.Uuid("request_id", request->request_id());
  check.Uuid("venue_id", request->venue_id());
  check.Grace("grace", request->grace());
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  const auto venue =
      parts_.keeper.ReplaceCode(*holder, {request->venue_id()}, request->request_id(),
                                absl::Seconds(request->grace().seconds()));
  if (!venue.ok()) return ToGrpcStatus(venue.status());
  ToProto(*venue, View(), response->mutable_venue());
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::SetOwnVenueState(grpc::ServerContext* /*context*/,
                                                   const v1::SetOwnVenueStateRequest* request,
                                                   v1::SetOwnVenueStateResponse* response) {
  RequestCheck check;
  check.Uuid("venue_id", request->venue_id());
  const auto state = FromProto(request->state());
  if (state != VenueState::kOpen && state != VenueState::kClosed)
    check.Add("state", "NOT_OPEN_OR_CLOSED", "must be open or closed");
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto holder = HolderOf(request->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  const auto venue = parts_.keeper.SetState(*holder, {request->venue_id()}, *state);
  if (!venue.ok()) return ToGrpcStatus(venue.status());
  ToProto(*venue, View(), response->mutable_venue());
  return grpc::Status::OK;
}

grpc::Status BusinessServiceImpl::ImportVenues(grpc::ServerContext* /*context*/,
                                               grpc::ServerReader<v1::ImportVenuesRequest>* reader,
                                               v1::ImportVenuesResponse* response) {
  const auto head = ReadImportHead(*reader);
  if (!head.ok()) return ToGrpcStatus(head.status());
  // Before the rows: a stranger's are not even read.
  const auto holder = HolderOf(head->credential());
  if (!holder.ok()) return ToGrpcStatus(holder.status());
  auto import = ReadImport(*head, *reader);
  if (!import.ok()) return ToGrpcStatus(import.status());
  FieldViolations violations;
  const auto count = parts_.import.Import(*holder, *std::move(import), violations);
  for (const auto& violation : violations) {
    auto* const problem = response->add_problems();
    problem->set_field(violation.field);
    problem->set_reason(violation.reason);
  }
  if (!violations.empty()) return grpc::Status::OK;
  if (!count.ok()) return ToGrpcStatus(count.status());
  response->set_venue_count(*count);
  return grpc::Status::OK;
}

}  // namespace oshirase::registry

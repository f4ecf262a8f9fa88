#include "services/gateway/backends/grpc_business_client.h"

#include <utility>

#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/gateway/backends/business_convert.h"
#include "services/gateway/backends/unary_call.h"

namespace oshirase::gateway {
namespace {

namespace v1 = registry::v1;
using Stub = v1::BusinessService::Stub;

constexpr absl::Duration kTimeout = absl::Seconds(5);
// Drawing waits its turn when everybody registers at once.
constexpr absl::Duration kRenderTimeout = absl::Seconds(15);
constexpr size_t kMaxDocumentBytes = 4 * 1024 * 1024;

}  // namespace

GrpcBusinessClient::GrpcBusinessClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(v1::BusinessService::NewStub(channel)) {}

absl::StatusOr<StartedRegistration> GrpcBusinessClient::StartRegistration(
    const std::string& request_id, const VenueDetails& details, const CallContext& call) {
  v1::StartRegistrationRequest request;
  request.set_request_id(request_id);
  *request.mutable_details() = ToProto(details);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::StartRegistration, request, call, kTimeout));
  return StartedRegistration{.link_expire_time = ToTime(response.link_expire_time()),
                             .receipt_number = response.receipt_number()};
}

absl::StatusOr<MailedLink> GrpcBusinessClient::CheckLink(const std::string& link_token,
                                                         const CallContext& call) {
  v1::CheckLinkRequest request;
  request.set_link_token(link_token);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::CheckLink, request, call, kTimeout));
  return FromProto(response);
}

absl::StatusOr<OpenedSession> GrpcBusinessClient::OpenSession(const std::string& link_token,
                                                              const CallContext& call) {
  v1::OpenSessionRequest request;
  request.set_link_token(link_token);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::OpenSession, request, call, kTimeout));
  return OpenedSession{.token = response.session_token(),
                       .expire_time = ToTime(response.expire_time()),
                       .venue_id = response.venue_id()};
}

absl::Status GrpcBusinessClient::CloseSession(const std::string& session_token,
                                              const CallContext& call) {
  v1::CloseSessionRequest request;
  request.set_session_token(session_token);
  return CallAndWait(*stub_, &Stub::CloseSession, request, call, kTimeout).status();
}

absl::Status GrpcBusinessClient::RequestUpkeepLink(const std::string& email,
                                                   const CallContext& call) {
  v1::RequestUpkeepLinkRequest request;
  request.set_email(email);
  return CallAndWait(*stub_, &Stub::RequestUpkeepLink, request, call, kTimeout).status();
}

absl::StatusOr<Business> GrpcBusinessClient::GetBusiness(const Credential& credential,
                                                         const CallContext& call) {
  v1::GetBusinessRequest request;
  *request.mutable_credential() = ToProto(credential);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::GetBusiness, request, call, kTimeout));
  const v1::Business& business = response.business();
  return Business{.business_id = business.business_id(),
                  .email = business.email(),
                  .name = business.name(),
                  .venue_count = business.venue_count()};
}

absl::StatusOr<OwnVenuePage> GrpcBusinessClient::ListOwnVenues(const Credential& credential,
                                                               const std::string& page_token,
                                                               const CallContext& call) {
  v1::ListOwnVenuesRequest request;
  *request.mutable_credential() = ToProto(credential);
  request.set_page_token(page_token);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::ListOwnVenues, request, call, kTimeout));
  OwnVenuePage page;
  page.next_page_token = response.next_page_token();
  for (const v1::OwnVenue& proto : response.venues()) {
    ASSIGN_OR_RETURN(OwnVenue venue, FromProto(proto));
    page.venues.push_back(std::move(venue));
  }
  return page;
}

absl::StatusOr<OwnVenue> GrpcBusinessClient::GetOwnVenue(const Credential& credential,
                                                         const std::string& venue_id,
                                                         const CallContext& call) {
  v1::GetOwnVenueRequest request;
  *request.mutable_credential() = ToProto(credential);
  request.set_venue_id(venue_id);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::GetOwnVenue, request, call, kTimeout));
  return FromProto(response.venue());
}

absl::StatusOr<OwnVenue> GrpcBusinessClient::AddVenue(const Credential& credential,
                                                      const std::string& request_id,
                                                      const VenueDetails& details,
                                                      const CallContext& call) {
  v1::AddVenueRequest request;
  *request.mutable_credential() = ToProto(credential);
  request.set_request_id(request_id);
  *request.mutable_details() = ToProto(details);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::AddVenue, request, call, kTimeout));
  return FromProto(response.venue());
}

absl::StatusOr<ChangedVenue> GrpcBusinessClient::UpdateVenue(const Credential& credential,
                                                             const VenueChange& change,
                                                             const CallContext& call) {
  v1::UpdateVenueRequest request;
  *request.mutable_credential() = ToProto(credential);
  request.set_request_id(change.request_id);
  request.set_venue_id(change.venue_id);
  request.set_revision(change.revision);
  *request.mutable_details() = ToProto(change.details);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::UpdateVenue, request, call, kTimeout));
  ASSIGN_OR_RETURN(OwnVenue venue, FromProto(response.venue()));
  return ChangedVenue{std::move(venue), response.certificate_issued()};
}

absl::StatusOr<OwnVenue> GrpcBusinessClient::ReplaceCode(const Credential& credential,
                                                         const CodeReplacement& replacement,
                                                         const CallContext& call) {
  v1::ReplaceOwnVenueCodeRequest request;
  *request.mutable_credential() = ToProto(credential);
  request.set_request_id(replacement.request_id);
  request.set_venue_id(replacement.venue_id);
  request.mutable_grace()->set_seconds(absl::ToInt64Seconds(replacement.grace));
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::ReplaceOwnVenueCode, request, call, kTimeout));
  return FromProto(response.venue());
}

absl::StatusOr<OwnVenue> GrpcBusinessClient::SetVenueOpen(const Credential& credential,
                                                          const std::string& venue_id, bool open,
                                                          const CallContext& call) {
  v1::SetOwnVenueStateRequest request;
  *request.mutable_credential() = ToProto(credential);
  request.set_venue_id(venue_id);
  request.set_state(open ? v1::VENUE_STATE_OPEN : v1::VENUE_STATE_CLOSED);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::SetOwnVenueState, request, call, kTimeout));
  return FromProto(response.venue());
}

absl::StatusOr<std::string> GrpcBusinessClient::RenderDocument(const Credential& credential,
                                                               const std::string& venue_id,
                                                               Document document,
                                                               const CallContext& call) {
  v1::RenderDocumentRequest request;
  *request.mutable_credential() = ToProto(credential);
  request.set_venue_id(venue_id);
  request.set_document(ToProto(document));
  grpc::ClientContext context;
  PrepareContext(context, call, kRenderTimeout);
  const auto reader = stub_->RenderDocument(&context, request);
  std::string bytes;
  v1::RenderDocumentResponse part;
  while (reader->Read(&part)) {
    if (bytes.size() + part.chunk().size() > kMaxDocumentBytes) {
      context.TryCancel();
      static_cast<void>(reader->Finish());
      return absl::ResourceExhaustedError("the document is too long");
    }
    bytes += part.chunk();
  }
  RETURN_IF_ERROR(FromGrpcStatus(reader->Finish()));
  return bytes;
}

}  // namespace oshirase::gateway

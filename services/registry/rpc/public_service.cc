#include "services/registry/rpc/public_service.h"

#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/venue_check.h"
#include "services/registry/rpc/bad_request.h"
#include "services/registry/rpc/public_convert.h"

namespace oshirase::registry {
namespace {

constexpr size_t kMaxNumberBytes = 256;  // 64 characters, full width included
constexpr size_t kMaxSearchCharacters = 100;
constexpr int kDefaultPage = 20;

}  // namespace

grpc::Status PublicServiceImpl::GetCertificate(grpc::ServerContext* /*context*/,
                                               const v1::GetCertificateRequest* request,
                                               v1::GetCertificateResponse* response) {
  if (request->certificate_number().size() > kMaxNumberBytes)
    return ToGrpcStatus(CertificateNumberMistyped());
  const auto certificate = parts_.venues.GetCertificate(request->certificate_number());
  if (!certificate.ok()) return ToGrpcStatus(certificate.status());
  ToProto(*certificate, response);
  return grpc::Status::OK;
}

grpc::Status PublicServiceImpl::SearchListedVenues(grpc::ServerContext* /*context*/,
                                                   const v1::SearchListedVenuesRequest* request,
                                                   v1::SearchListedVenuesResponse* response) {
  RequestCheck check;
  ListedSearchRequest search{.text = request->text(),
                             .kind = request->kind(),
                             .page_size = check.PageSize(request->page_size(), kDefaultPage),
                             .page_token = request->page_token()};
  check.Add(CheckOptionalText("text", search.text, kMaxSearchCharacters));
  if (const auto status = check.Finish(); !status.ok()) return ToGrpcStatus(status);
  const auto page = parts_.venues.Search(search);
  if (!page.ok()) return ToGrpcStatus(page.status());
  for (const auto& venue : page->venues) ToProto(venue, response->add_venues());
  response->set_next_page_token(page->next_page_token);
  response->set_match_count(page->match_count);
  return grpc::Status::OK;
}

grpc::Status PublicServiceImpl::StreamListedVenues(
    grpc::ServerContext* /*context*/, const v1::StreamListedVenuesRequest* /*request*/,
    grpc::ServerWriter<v1::StreamListedVenuesResponse>* writer) {
  return ToGrpcStatus(
      parts_.venues.ReadListed([&](std::span<const ListedVenue> venues) -> absl::Status {
        v1::StreamListedVenuesResponse response;
        for (const auto& venue : venues) ToProto(venue, response.add_venues());
        if (!writer->Write(response)) return absl::CancelledError("the caller has gone");
        return absl::OkStatus();
      }));
}

absl::StatusOr<std::string> PublicServiceImpl::Submit(const std::string& request_id,
                                                      const DeskLetter& letter) {
  RequestCheck check;
  check.Uuid("request_id", request_id);
  RETURN_IF_ERROR(check.Finish());
  FieldViolations violations;
  auto number = parts_.letters.Submit(request_id, letter, violations);
  if (!violations.empty()) return WithViolations(number.status(), violations);
  return number;
}

grpc::Status PublicServiceImpl::SubmitEnquiry(grpc::ServerContext* /*context*/,
                                              const v1::SubmitEnquiryRequest* request,
                                              v1::SubmitEnquiryResponse* response) {
  const auto number = Submit(request->request_id(), FromProto(*request));
  if (!number.ok()) return ToGrpcStatus(number.status());
  response->set_enquiry_number(*number);
  return grpc::Status::OK;
}

grpc::Status PublicServiceImpl::SubmitReport(grpc::ServerContext* /*context*/,
                                             const v1::SubmitReportRequest* request,
                                             v1::SubmitReportResponse* response) {
  const auto number = Submit(request->request_id(), FromProto(*request));
  if (!number.ok()) return ToGrpcStatus(number.status());
  response->set_report_number(*number);
  return grpc::Status::OK;
}

}  // namespace oshirase::registry

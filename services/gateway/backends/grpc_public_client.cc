#include "services/gateway/backends/grpc_public_client.h"

#include <utility>

#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/gateway/backends/public_convert.h"
#include "services/gateway/backends/unary_call.h"

namespace oshirase::gateway {
namespace {

namespace v1 = registry::v1;
using Stub = v1::PublicService::Stub;

constexpr absl::Duration kTimeout = absl::Seconds(5);
constexpr absl::Duration kReadAllTimeout = absl::Minutes(2);

class GrpcListedVenueReader : public ListedVenueReader {
 public:
  GrpcListedVenueReader(Stub& stub, const CallContext& call) {
    PrepareContext(context_, call, kReadAllTimeout);
    reader_ = stub.StreamListedVenues(&context_, v1::StreamListedVenuesRequest());
  }

  // Whoever stops reading early wants no more of it.
  ~GrpcListedVenueReader() override {
    if (finished_) return;
    context_.TryCancel();
    static_cast<void>(reader_->Finish());
  }

  absl::StatusOr<std::vector<ListedVenue>> Next() override {
    std::vector<ListedVenue> venues;
    v1::StreamListedVenuesResponse response;
    // A message without venues is not the end.
    while (venues.empty() && !finished_) {
      if (!reader_->Read(&response)) {
        finished_ = true;
        RETURN_IF_ERROR(FromGrpcStatus(reader_->Finish()));
      } else {
        ASSIGN_OR_RETURN(venues, FromProto(response.venues()));
      }
    }
    return venues;
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::StreamListedVenuesResponse>> reader_;
  bool finished_ = false;
};

}  // namespace

GrpcPublicClient::GrpcPublicClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(v1::PublicService::NewStub(channel)) {}

absl::StatusOr<PublishedCertificate> GrpcPublicClient::GetCertificate(
    const ids::PublicNumber& number, const CallContext& call) {
  v1::GetCertificateRequest request;
  request.set_certificate_number(number.value);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::GetCertificate, request, call, kTimeout));
  return FromProto(response);
}

absl::StatusOr<VenueSearchPage> GrpcPublicClient::SearchListedVenues(const VenueSearch& search,
                                                                     const CallContext& call) {
  v1::SearchListedVenuesRequest request;
  request.set_text(search.text);
  request.set_kind(search.kind);
  request.set_page_token(search.page_token);
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::SearchListedVenues, request, call, kTimeout));
  VenueSearchPage page = {.next_page_token = response.next_page_token(),
                          .match_count = response.match_count()};
  ASSIGN_OR_RETURN(page.venues, FromProto(response.venues()));
  return page;
}

std::unique_ptr<ListedVenueReader> GrpcPublicClient::ReadListedVenues(const CallContext& call) {
  return std::make_unique<GrpcListedVenueReader>(*stub_, call);
}

absl::StatusOr<std::string> GrpcPublicClient::SubmitEnquiry(const Enquiry& enquiry,
                                                            const CallContext& call) {
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::SubmitEnquiry, ToProto(enquiry), call, kTimeout));
  return response.enquiry_number();
}

absl::StatusOr<std::string> GrpcPublicClient::SubmitReport(const Report& report,
                                                           const CallContext& call) {
  ASSIGN_OR_RETURN(const auto response,
                   CallAndWait(*stub_, &Stub::SubmitReport, ToProto(report), call, kTimeout));
  return response.report_number();
}

}  // namespace oshirase::gateway

// PublicService on the wire: checks shape, calls the domain, converts. No rules, no SQL.
#pragma once

#include "oshirase/registry/v1/public_service.grpc.pb.h"
#include "services/registry/domain/letter_box.h"
#include "services/registry/domain/public_register.h"

namespace oshirase::registry {

// What the service calls. All must outlive it.
struct PublicParts {
  PublicRegister& venues;
  LetterBox& letters;
};

// Thread-safe. Who may call what is RegistryPolicy(), enforced before a call gets here.
class PublicServiceImpl final : public v1::PublicService::Service {
 public:
  explicit PublicServiceImpl(PublicParts parts) : parts_(parts) {}

  grpc::Status GetCertificate(grpc::ServerContext* context,
                              const v1::GetCertificateRequest* request,
                              v1::GetCertificateResponse* response) override;
  grpc::Status SearchListedVenues(grpc::ServerContext* context,
                                  const v1::SearchListedVenuesRequest* request,
                                  v1::SearchListedVenuesResponse* response) override;
  grpc::Status StreamListedVenues(
      grpc::ServerContext* context, const v1::StreamListedVenuesRequest* request,
      grpc::ServerWriter<v1::StreamListedVenuesResponse>* writer) override;
  grpc::Status SubmitEnquiry(grpc::ServerContext* context, const v1::SubmitEnquiryRequest* request,
                             v1::SubmitEnquiryResponse* response) override;
  grpc::Status SubmitReport(grpc::ServerContext* context, const v1::SubmitReportRequest* request,
                            v1::SubmitReportResponse* response) override;

 private:
  absl::StatusOr<std::string> Submit(const std::string& request_id, const DeskLetter& letter);

  const PublicParts parts_;
};

}  // namespace oshirase::registry

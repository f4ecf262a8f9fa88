// The PublicClient that speaks gRPC.
#pragma once

#include <memory>
#include <string>

#include "grpcpp/channel.h"
#include "oshirase/registry/v1/public_service.grpc.pb.h"
#include "services/gateway/backends/public_client.h"

namespace oshirase::gateway {

class GrpcPublicClient : public PublicClient {
 public:
  explicit GrpcPublicClient(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<PublishedCertificate> GetCertificate(const ids::PublicNumber& number,
                                                      const CallContext& call) override;
  absl::StatusOr<VenueSearchPage> SearchListedVenues(const VenueSearch& search,
                                                     const CallContext& call) override;
  std::unique_ptr<ListedVenueReader> ReadListedVenues(const CallContext& call) override;
  absl::StatusOr<std::string> SubmitEnquiry(const Enquiry& enquiry,
                                            const CallContext& call) override;
  absl::StatusOr<std::string> SubmitReport(const Report& report, const CallContext& call) override;

 private:
  std::unique_ptr<registry::v1::PublicService::Stub> stub_;
};

}  // namespace oshirase::gateway

// The BulkClient that speaks gRPC.
#pragma once

#include <memory>
#include <string>

#include "grpcpp/channel.h"
#include "oshirase/registry/v1/business_service.grpc.pb.h"
#include "services/gateway/backends/bulk_client.h"

namespace oshirase::gateway {

class GrpcBulkClient : public BulkClient {
 public:
  explicit GrpcBulkClient(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<ImportResult> ImportVenues(const Credential& credential, const VenueImport& import,
                                            const CallContext& call) override;
  absl::StatusOr<std::string> StartBundle(const Credential& credential, Document document,
                                          BundleFormat format, const CallContext& call) override;
  absl::StatusOr<Bundle> GetBundle(const Credential& credential, const std::string& bundle_id,
                                   const CallContext& call) override;
  absl::StatusOr<PieceReader> ReadBundle(const Credential& credential, const std::string& bundle_id,
                                         const CallContext& call) override;

 private:
  std::unique_ptr<registry::v1::BusinessService::Stub> stub_;
};

}  // namespace oshirase::gateway

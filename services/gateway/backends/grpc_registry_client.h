// The RegistryClient that speaks gRPC.
#pragma once

#include <memory>

#include "grpcpp/channel.h"
#include "oshirase/registry/v1/registry_service.grpc.pb.h"
#include "services/gateway/backends/registry_client.h"

namespace oshirase::gateway {

class GrpcRegistryClient : public RegistryClient {
 public:
  explicit GrpcRegistryClient(const std::shared_ptr<grpc::Channel>& channel);

  void LookupVenueCode(const ids::VenueCode& code, const CallContext& call,
                       VenueDone done) override;
  absl::StatusOr<CodeChanges> ListCodeChanges(const std::string& cursor,
                                              const CallContext& call) override;

 private:
  std::unique_ptr<registry::v1::RegistryService::Stub> stub_;
};

}  // namespace oshirase::gateway

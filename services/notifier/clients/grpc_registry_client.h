// RegistryClient over gRPC.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "oshirase/registry/v1/registry_service.grpc.pb.h"
#include "services/notifier/domain/registry_client.h"

namespace oshirase::notifier {

// Methods that may be sent again after UNAVAILABLE.
std::vector<std::string> RetriedRegistryMethods();

// Thread-safe.
class GrpcRegistryClient final : public RegistryClient {
 public:
  explicit GrpcRegistryClient(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<Officer> GetOfficer(const std::string& officer_id) override;
  absl::StatusOr<std::vector<NamedVenue>> GetVenues(const std::vector<VenueId>& ids) override;
  absl::StatusOr<Release> ReleaseOuterKeys(const ReleaseRequest& request) override;
  absl::Status VoidStatement(const crypto::Digest& statement,
                             const OfficerSignature& signature) override;

 private:
  std::unique_ptr<registry::v1::RegistryService::Stub> stub_;
};

}  // namespace oshirase::notifier

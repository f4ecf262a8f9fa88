// The registry as check-in sees it: public outer keys.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "oshirase/registry/v1/registry_service.grpc.pb.h"
#include "services/checkin/domain/venue_key_source.h"

namespace oshirase::checkin {

// Thread-safe.
class GrpcVenueKeySource final : public VenueKeySource {
 public:
  explicit GrpcVenueKeySource(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<std::vector<std::string>> Fetch(Day day,
                                                 const std::vector<VenueId>& venues) override;

 private:
  std::unique_ptr<registry::v1::RegistryService::Stub> stub_;
};

}  // namespace oshirase::checkin

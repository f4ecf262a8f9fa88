// CheckinClient over gRPC.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "oshirase/checkin/v1/checkin_service.grpc.pb.h"
#include "services/notifier/domain/checkin_client.h"

namespace oshirase::notifier {

// Methods that may be sent again after UNAVAILABLE.
std::vector<std::string> RetriedCheckinMethods();

// Thread-safe.
class GrpcCheckinClient final : public CheckinClient {
 public:
  explicit GrpcCheckinClient(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<std::vector<HourCounts>> CountVisits(const std::vector<VenueDayHours>& hours,
                                                      CountFrom from) override;
  absl::Status StreamSealedVisits(const std::vector<VenueDayHours>& hours,
                                  const SealedVisitSink& sink) override;

 private:
  std::unique_ptr<checkin::v1::CheckinService::Stub> stub_;
};

}  // namespace oshirase::notifier

// The CheckinClient that speaks gRPC.
#pragma once

#include <memory>

#include "grpcpp/channel.h"
#include "oshirase/checkin/v1/checkin_service.grpc.pb.h"
#include "services/gateway/backends/checkin_client.h"

namespace oshirase::gateway {

class GrpcCheckinClient : public CheckinClient {
 public:
  explicit GrpcCheckinClient(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<std::vector<bool>> AdmitVisits(const std::vector<Admission>& admissions,
                                                const CallContext& call) override;
  absl::StatusOr<std::vector<RecordOutcome>> RecordVisits(const std::vector<Visit>& visits,
                                                          const CallContext& call) override;

 private:
  std::unique_ptr<checkin::v1::CheckinService::Stub> stub_;
};

}  // namespace oshirase::gateway

// The NotifierClient that speaks gRPC.
#pragma once

#include <memory>

#include "grpcpp/channel.h"
#include "oshirase/notifier/v1/notifier_service.grpc.pb.h"
#include "services/gateway/backends/notifier_client.h"

namespace oshirase::gateway {

class GrpcNotifierClient : public NotifierClient {
 public:
  explicit GrpcNotifierClient(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<std::vector<DayKeyMaterial>> GetDayKeys(const std::vector<Day>& days,
                                                         const CallContext& call) override;
  void RecordFollowChange(const FollowChange& change, const CallContext& call, Done done) override;

 private:
  std::unique_ptr<notifier::v1::NotifierService::Stub> stub_;
};

}  // namespace oshirase::gateway

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

  void AdmitVisits(std::vector<Admission> admissions, const CallContext& call,
                   AdmitDone done) override;
  void RecordVisits(std::vector<Visit> visits, const CallContext& call, RecordDone done) override;

 private:
  std::unique_ptr<checkin::v1::CheckinService::Stub> stub_;
};

}  // namespace oshirase::gateway

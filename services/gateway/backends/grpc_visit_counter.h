// The VisitCounter that asks checkin.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "oshirase/checkin/v1/checkin_service.grpc.pb.h"
#include "services/gateway/backends/visit_counter.h"

namespace oshirase::gateway {

class GrpcVisitCounter : public VisitCounter {
 public:
  explicit GrpcVisitCounter(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<std::vector<DayCount>> CountVenueDays(const std::string& venue_id,
                                                       const CallContext& call) override;

 private:
  std::unique_ptr<checkin::v1::CheckinService::Stub> stub_;
};

}  // namespace oshirase::gateway

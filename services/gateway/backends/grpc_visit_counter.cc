#include "services/gateway/backends/grpc_visit_counter.h"

#include "common/status/grpc_status.h"
#include "common/status/macros.h"

namespace oshirase::gateway {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(5);

}  // namespace

GrpcVisitCounter::GrpcVisitCounter(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(checkin::v1::CheckinService::NewStub(channel)) {}

absl::StatusOr<std::vector<DayCount>> GrpcVisitCounter::CountVenueDays(const std::string& venue_id,
                                                                       const CallContext& call) {
  checkin::v1::CountVenueDaysRequest request;
  request.set_venue_id(venue_id);
  grpc::ClientContext context;
  PrepareContext(context, call, kTimeout);
  checkin::v1::CountVenueDaysResponse response;
  RETURN_IF_ERROR(FromGrpcStatus(stub_->CountVenueDays(&context, request, &response)));
  std::vector<DayCount> days;
  for (const auto& day : response.days()) days.push_back({Day{day.day()}, day.visits_floor()});
  return days;
}

}  // namespace oshirase::gateway

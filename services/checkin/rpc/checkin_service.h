// CheckinService on the wire: checks shape, calls the domain, converts. No rules, no SQL.
#pragma once

#include "common/server/access_policy.h"
#include "oshirase/checkin/v1/checkin_service.grpc.pb.h"
#include "services/checkin/domain/day_counts.h"
#include "services/checkin/domain/recorder.h"
#include "services/checkin/domain/visit_cap.h"
#include "services/checkin/domain/visit_counter.h"
#include "services/checkin/domain/visit_store.h"

namespace oshirase::checkin {

// Who may call what.
AccessPolicy CheckinPolicy();

class CheckinServiceImpl final : public v1::CheckinService::Service {
 public:
  // All must outlive the service.
  struct Parts {
    Recorder& recorder;
    VisitCap& cap;
    VisitCounter& counter;
    VisitStore& store;
    DayCounts& day_counts;
  };
  explicit CheckinServiceImpl(Parts parts) : parts_(parts) {}

  grpc::Status RecordVisits(grpc::ServerContext* context, const v1::RecordVisitsRequest* request,
                            v1::RecordVisitsResponse* response) override;
  grpc::Status AdmitVisits(grpc::ServerContext* context, const v1::AdmitVisitsRequest* request,
                           v1::AdmitVisitsResponse* response) override;
  grpc::Status CountVisits(grpc::ServerContext* context, const v1::CountVisitsRequest* request,
                           v1::CountVisitsResponse* response) override;
  grpc::Status CountVenueDays(grpc::ServerContext* context,
                              const v1::CountVenueDaysRequest* request,
                              v1::CountVenueDaysResponse* response) override;
  grpc::Status StreamSealedVisits(
      grpc::ServerContext* context, const v1::StreamSealedVisitsRequest* request,
      grpc::ServerWriter<v1::StreamSealedVisitsResponse>* writer) override;

 private:
  absl::Status StreamVenue(const VenueHours& where, grpc::ServerContext& context,
                           grpc::ServerWriter<v1::StreamSealedVisitsResponse>& writer);

  const Parts parts_;
};

}  // namespace oshirase::checkin

#include "services/gateway/backends/grpc_checkin_client.h"

#include "common/status/grpc_status.h"
#include "common/status/macros.h"

namespace oshirase::gateway {
namespace {

namespace v1 = checkin::v1;

// The caller's deadline is the shorter one; this only bounds a caller without any.
constexpr absl::Duration kTimeout = absl::Seconds(2);

std::string Bytes(const crypto::Tag& tag) { return {tag.begin(), tag.end()}; }

RecordOutcome ToOutcome(int outcome) {
  switch (outcome) {
    case v1::OUTCOME_RECORDED:
      return RecordOutcome::kRecorded;
    case v1::OUTCOME_ALREADY_RECORDED:
      return RecordOutcome::kAlreadyRecorded;
    case v1::OUTCOME_REFUSED:
      return RecordOutcome::kRefused;
    default:
      return RecordOutcome::kFailed;
  }
}

}  // namespace

GrpcCheckinClient::GrpcCheckinClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(v1::CheckinService::NewStub(channel)) {}

absl::StatusOr<std::vector<bool>> GrpcCheckinClient::AdmitVisits(
    const std::vector<Admission>& admissions, const CallContext& call) {
  v1::AdmitVisitsRequest request;
  for (const Admission& admission : admissions) {
    v1::Admission* proto = request.add_admissions();
    proto->set_day(admission.day.value);
    proto->set_person_tag(Bytes(admission.person_tag));
    proto->set_event_tag(Bytes(admission.event_tag));
  }
  grpc::ClientContext context;
  PrepareContext(context, call, kTimeout);
  v1::AdmitVisitsResponse response;
  RETURN_IF_ERROR(FromGrpcStatus(stub_->AdmitVisits(&context, request, &response)));
  return std::vector<bool>(response.admitted().begin(), response.admitted().end());
}

absl::StatusOr<std::vector<RecordOutcome>> GrpcCheckinClient::RecordVisits(
    const std::vector<Visit>& visits, const CallContext& call) {
  v1::RecordVisitsRequest request;
  for (const Visit& visit : visits) {
    v1::Visit* proto = request.add_visits();
    proto->set_visit_id(Bytes(visit.visit_id));
    proto->set_day(visit.day.value);
    proto->set_hour(visit.hour);
    proto->set_venue_id(visit.venue_id);
    proto->set_inner_seal(visit.inner_seal);
  }
  grpc::ClientContext context;
  PrepareContext(context, call, kTimeout);
  v1::RecordVisitsResponse response;
  RETURN_IF_ERROR(FromGrpcStatus(stub_->RecordVisits(&context, request, &response)));
  std::vector<RecordOutcome> outcomes;
  outcomes.reserve(static_cast<size_t>(response.outcomes_size()));
  for (const int outcome : response.outcomes()) outcomes.push_back(ToOutcome(outcome));
  return outcomes;
}

}  // namespace oshirase::gateway

#include "services/gateway/backends/grpc_checkin_client.h"

#include <utility>

#include "services/gateway/backends/async_call.h"

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

void GrpcCheckinClient::AdmitVisits(std::vector<Admission> admissions, const CallContext& call,
                                    AdmitDone done) {
  v1::AdmitVisitsRequest request;
  for (const Admission& admission : admissions) {
    v1::Admission* proto = request.add_admissions();
    proto->set_day(admission.day.value);
    proto->set_person_tag(Bytes(admission.person_tag));
    proto->set_event_tag(Bytes(admission.event_tag));
  }
  StartCall<v1::AdmitVisitsResponse>(
      call, kTimeout, std::move(request),
      [this](auto* context, auto* sent, auto* response, auto callback) {
        stub_->async()->AdmitVisits(context, sent, response, std::move(callback));
      },
      [done = std::move(done)](absl::StatusOr<v1::AdmitVisitsResponse> response) {
        if (!response.ok()) {
          done(response.status());
        } else {
          done(std::vector<bool>(response->admitted().begin(), response->admitted().end()));
        }
      });
}

void GrpcCheckinClient::RecordVisits(std::vector<Visit> visits, const CallContext& call,
                                     RecordDone done) {
  v1::RecordVisitsRequest request;
  for (Visit& visit : visits) {
    v1::Visit* proto = request.add_visits();
    proto->set_visit_id(Bytes(visit.visit_id));
    proto->set_day(visit.day.value);
    proto->set_hour(visit.hour);
    proto->set_venue_id(std::move(visit.venue_id));
    proto->set_inner_seal(std::move(visit.inner_seal));
  }
  StartCall<v1::RecordVisitsResponse>(
      call, kTimeout, std::move(request),
      [this](auto* context, auto* sent, auto* response, auto callback) {
        stub_->async()->RecordVisits(context, sent, response, std::move(callback));
      },
      [done = std::move(done)](absl::StatusOr<v1::RecordVisitsResponse> response) {
        if (!response.ok()) {
          done(response.status());
          return;
        }
        std::vector<RecordOutcome> outcomes;
        outcomes.reserve(static_cast<size_t>(response->outcomes_size()));
        for (const int outcome : response->outcomes()) outcomes.push_back(ToOutcome(outcome));
        done(std::move(outcomes));
      });
}

}  // namespace oshirase::gateway

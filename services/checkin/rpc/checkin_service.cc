#include "services/checkin/rpc/checkin_service.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/checkin/domain/admission.h"
#include "services/checkin/domain/errors.h"
#include "services/checkin/rpc/convert.h"

namespace oshirase::checkin {
namespace {

// Rows read from the database at once, and rows of one message (some 45 KiB).
constexpr int kReadRows = 2000;
constexpr size_t kMessageRows = 200;

}  // namespace

AccessPolicy CheckinPolicy() {
  const std::string service = "/oshirase.checkin.v1.CheckinService/";
  return AccessPolicy({
      {.method = service + "AdmitVisits", .services = {"gateway"}, .roles = {}},
      {.method = service + "RecordVisits", .services = {"gateway"}, .roles = {}},
      {.method = service + "CountVisits", .services = {"notifier"}, .roles = {}},
      {.method = service + "CountVenueDays", .services = {"gateway"}, .roles = {}},
      {.method = service + "StreamSealedVisits", .services = {"notifier"}, .roles = {}},
  });
}

grpc::Status CheckinServiceImpl::RecordVisits(grpc::ServerContext* context,
                                              const v1::RecordVisitsRequest* request,
                                              v1::RecordVisitsResponse* response) {
  auto visits = FromProto(*request);
  if (!visits.ok()) return ToGrpcStatus(visits.status());
  const auto outcomes =
      parts_.recorder.Record(std::move(visits->visits), absl::FromChrono(context->deadline()));
  if (!outcomes.ok()) return ToGrpcStatus(outcomes.status());
  response->mutable_outcomes()->Resize(request->visits_size(), v1::OUTCOME_REFUSED);
  for (size_t i = 0; i < outcomes->size(); ++i) {
    response->set_outcomes(visits->positions[i], ToProto((*outcomes)[i]));
  }
  return grpc::Status::OK;
}

grpc::Status CheckinServiceImpl::AdmitVisits(grpc::ServerContext* /*context*/,
                                             const v1::AdmitVisitsRequest* request,
                                             v1::AdmitVisitsResponse* response) {
  const auto admissions = FromProto(*request);
  if (!admissions.ok()) return ToGrpcStatus(admissions.status());
  for (const bool admitted : Admit(parts_.cap, *admissions)) response->add_admitted(admitted);
  return grpc::Status::OK;
}

grpc::Status CheckinServiceImpl::CountVisits(grpc::ServerContext* /*context*/,
                                             const v1::CountVisitsRequest* request,
                                             v1::CountVisitsResponse* response) {
  const auto list = FromProto(request->venue_hours());
  if (!list.ok()) return ToGrpcStatus(list.status());
  const auto result = parts_.counter.Count(*list, request->source() == v1::COUNT_SOURCE_ROWS);
  if (!result.ok()) return ToGrpcStatus(result.status());
  for (const auto& counts : result->counts) {
    response->add_counts()->mutable_visits()->Assign(counts.begin(), counts.end());
  }
  response->set_from_index(result->from_index);
  return grpc::Status::OK;
}

grpc::Status CheckinServiceImpl::CountVenueDays(grpc::ServerContext* /*context*/,
                                                const v1::CountVenueDaysRequest* request,
                                                v1::CountVenueDaysResponse* response) {
  const auto venue = ids::ParseUuid(request->venue_id());
  if (!venue.ok()) return ToGrpcStatus(InvalidRequest("venue_id must be a UUID"));
  const auto counts = parts_.day_counts.Of(*venue);
  if (!counts.ok()) return ToGrpcStatus(counts.status());
  for (const auto& count : *counts) {
    auto* const day = response->add_days();
    day->set_day(count.day.value);
    day->set_visits_floor(count.visits_floor);
  }
  return grpc::Status::OK;
}

grpc::Status CheckinServiceImpl::StreamSealedVisits(
    grpc::ServerContext* context, const v1::StreamSealedVisitsRequest* request,
    grpc::ServerWriter<v1::StreamSealedVisitsResponse>* writer) {
  const auto list = FromProto(request->venue_hours());
  if (!list.ok()) return ToGrpcStatus(list.status());
  for (const auto& where : *list) {
    if (const auto status = StreamVenue(where, *context, *writer); !status.ok()) {
      return ToGrpcStatus(status);
    }
  }
  return grpc::Status::OK;
}

absl::Status CheckinServiceImpl::StreamVenue(
    const VenueHours& where, grpc::ServerContext& context,
    grpc::ServerWriter<v1::StreamSealedVisitsResponse>& writer) {
  std::optional<VisitCursor> cursor;
  while (true) {
    ASSIGN_OR_RETURN(const auto visits, parts_.store.Read(where, cursor, kReadRows));
    for (size_t begin = 0; begin < visits.size(); begin += kMessageRows) {
      v1::StreamSealedVisitsResponse page;
      const auto end = std::min(begin + kMessageRows, visits.size());
      for (size_t i = begin; i < end; ++i) ToProto(visits[i], page.add_visits());
      if (context.IsCancelled() || !writer.Write(page)) {
        return absl::CancelledError("the caller has gone");
      }
    }
    if (visits.size() < kReadRows) return absl::OkStatus();
    const auto& last = visits.back();
    cursor = VisitCursor{.venue = last.venue, .hour = last.hour, .id = last.id};
  }
}

}  // namespace oshirase::checkin

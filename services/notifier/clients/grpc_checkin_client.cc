#include "services/notifier/clients/grpc_checkin_client.h"

#include <algorithm>
#include <utility>

#include "common/client/call_context.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"

namespace oshirase::notifier {
namespace {

namespace v1 = checkin::v1;

// What a call returned; whoever waits for it shall know which neighbour it was.
absl::Status Result(const grpc::Status& status) {
  auto result = FromGrpcStatus(status);
  const bool away = absl::IsUnavailable(result) || absl::IsDeadlineExceeded(result);
  return away ? CheckinUnavailable() : result;
}

// checkin takes at most so many venue-days in a call.
constexpr size_t kMaxVenueDays = 100;
constexpr int kHoursOfDay = 24;
constexpr absl::Duration kCountTimeout = absl::Seconds(3);
// A stadium's day is 100,000 visits and takes a second; this is for a checkin that hangs.
constexpr absl::Duration kStreamTimeout = absl::Minutes(1);

template <typename Request>
void AddHours(const std::vector<VenueDayHours>& hours, size_t begin, size_t end, Request& request) {
  for (size_t i = begin; i < end; ++i) {
    auto* part = request.add_venue_hours();
    part->set_venue_id(hours[i].venue_id.value);
    part->set_day(hours[i].day.value);
    part->set_hours(hours[i].hours);
  }
}

std::vector<SealedVisit> PageOf(v1::StreamSealedVisitsResponse& response) {
  std::vector<SealedVisit> page;
  page.reserve(static_cast<size_t>(response.visits_size()));
  for (v1::SealedVisit& visit : *response.mutable_visits()) {
    page.push_back({VenueId{visit.venue_id()}, Day{visit.day()}, visit.hour(),
                    std::move(*visit.mutable_sealed())});
  }
  return page;
}

}  // namespace

std::vector<std::string> RetriedCheckinMethods() {
  return {"/oshirase.checkin.v1.CheckinService/CountVisits"};
}

GrpcCheckinClient::GrpcCheckinClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(v1::CheckinService::NewStub(channel)) {}

absl::StatusOr<std::vector<HourCounts>> GrpcCheckinClient::CountVisits(
    const std::vector<VenueDayHours>& hours, CountFrom from) {
  std::vector<HourCounts> counts;
  for (size_t begin = 0; begin < hours.size(); begin += kMaxVenueDays) {
    const size_t end = std::min(begin + kMaxVenueDays, hours.size());
    grpc::ClientContext context;
    PrepareContext(context, {}, kCountTimeout);
    v1::CountVisitsRequest request;
    AddHours(hours, begin, end, request);
    request.set_source(from == CountFrom::kRows ? v1::COUNT_SOURCE_ROWS
                                                : v1::COUNT_SOURCE_UNSPECIFIED);
    v1::CountVisitsResponse response;
    RETURN_IF_ERROR(Result(stub_->CountVisits(&context, request, &response)));
    if (static_cast<size_t>(response.counts_size()) != end - begin) {
      return absl::InternalError("checkin answered for other hours than asked");
    }
    for (const v1::HourCounts& day : response.counts()) {
      HourCounts visits{};
      for (int hour = 0; hour < std::min(day.visits_size(), kHoursOfDay); ++hour) {
        visits[static_cast<size_t>(hour)] = day.visits(hour);
      }
      counts.push_back(visits);
    }
  }
  return counts;
}

absl::Status GrpcCheckinClient::StreamSealedVisits(const std::vector<VenueDayHours>& hours,
                                                   const SealedVisitSink& sink) {
  for (size_t begin = 0; begin < hours.size(); begin += kMaxVenueDays) {
    const size_t end = std::min(begin + kMaxVenueDays, hours.size());
    grpc::ClientContext context;
    PrepareContext(context, {}, kStreamTimeout);
    v1::StreamSealedVisitsRequest request;
    AddHours(hours, begin, end, request);
    const auto reader = stub_->StreamSealedVisits(&context, request);
    v1::StreamSealedVisitsResponse response;
    while (reader->Read(&response)) {
      const auto taken = sink(PageOf(response));
      if (taken.ok()) continue;
      context.TryCancel();
      reader->Finish();
      return taken;
    }
    RETURN_IF_ERROR(Result(reader->Finish()));
  }
  return absl::OkStatus();
}

}  // namespace oshirase::notifier

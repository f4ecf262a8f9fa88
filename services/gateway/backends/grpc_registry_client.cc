#include "services/gateway/backends/grpc_registry_client.h"

#include <utility>

#include "common/status/macros.h"
#include "services/gateway/backends/async_call.h"

namespace oshirase::gateway {
namespace {

namespace v1 = registry::v1;

constexpr absl::Duration kLookupTimeout = absl::Seconds(1);

absl::Time ToTime(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

// What is neither open nor closed to our knowledge takes no visits.
Venue::State ToState(v1::VenueState state) {
  if (state == v1::VENUE_STATE_OPEN) return Venue::State::kOpen;
  if (state == v1::VENUE_STATE_CLOSED) return Venue::State::kClosed;
  return Venue::State::kSuspended;
}

absl::StatusOr<Venue> ToVenue(const v1::Venue& proto) {
  Venue venue;
  ASSIGN_OR_RETURN(venue.venue_id_bytes, ids::ParseUuid(proto.venue_id()));
  venue.venue_id = proto.venue_id();
  venue.name = proto.details().name();
  venue.state = ToState(proto.state());
  if (proto.details().has_event_start_time()) {
    venue.event_start = ToTime(proto.details().event_start_time());
  }
  if (proto.details().has_event_end_time()) {
    venue.event_end = ToTime(proto.details().event_end_time());
  }
  return venue;
}

}  // namespace

GrpcRegistryClient::GrpcRegistryClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(v1::RegistryService::NewStub(channel)) {}

void GrpcRegistryClient::LookupVenueCode(const ids::VenueCode& code, const CallContext& call,
                                         VenueDone done) {
  v1::LookupVenueCodeRequest request;
  request.set_venue_code(code.value);
  StartCall<v1::LookupVenueCodeResponse>(
      call, kLookupTimeout, std::move(request),
      [this](auto* context, auto* sent, auto* response, auto callback) {
        stub_->async()->LookupVenueCode(context, sent, response, std::move(callback));
      },
      [code = code.value,
       done = std::move(done)](absl::StatusOr<v1::LookupVenueCodeResponse> response) {
        if (!response.ok()) {
          done(response.status());
          return;
        }
        auto venue = ToVenue(response->venue());
        if (venue.ok()) venue->code_is_current = response->venue().venue_code() == code;
        done(std::move(venue));
      });
}

absl::StatusOr<CodeChanges> GrpcRegistryClient::ListCodeChanges(const std::string& cursor,
                                                                const CallContext& call) {
  grpc::ClientContext context;
  PrepareContext(context, call, kLookupTimeout);
  v1::ListCodeChangesRequest request;
  request.set_cursor(cursor);
  v1::ListCodeChangesResponse response;
  RETURN_IF_ERROR(FromGrpcStatus(stub_->ListCodeChanges(&context, request, &response)));
  return CodeChanges{.reset = response.reset(),
                     .codes = {response.venue_codes().begin(), response.venue_codes().end()},
                     .cursor = response.cursor()};
}

}  // namespace oshirase::gateway

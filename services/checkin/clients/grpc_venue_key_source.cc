#include "services/checkin/clients/grpc_venue_key_source.h"

#include <utility>

#include "common/client/call_context.h"
#include "common/crypto/outer_keys.h"
#include "common/ids/uuid.h"
#include "common/status/grpc_status.h"

namespace oshirase::checkin {
namespace {

// Together well inside the time a webhook has, so that a redelivery is asked for in time. On a busy
// machine gRPC 1.51 now and then leaves an answer that has arrived unread for up to a second, until
// something else wakes its poller: asking again does.
constexpr absl::Duration kAttemptTimeout = absl::Milliseconds(400);
constexpr int kAttempts = 2;

}  // namespace

GrpcVenueKeySource::GrpcVenueKeySource(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(registry::v1::RegistryService::NewStub(channel)) {}

absl::StatusOr<std::vector<std::string>> GrpcVenueKeySource::Fetch(
    Day day, const std::vector<VenueId>& venues) {
  registry::v1::GetOuterKeysRequest request;
  request.set_day(day.value);
  for (const auto& venue : venues) request.add_venue_ids(ids::FormatUuid(venue));

  registry::v1::GetOuterKeysResponse response;
  grpc::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    // Made for a batch of many callers, so it carries no caller's request id.
    grpc::ClientContext context;
    PrepareContext(context, {}, kAttemptTimeout);
    status = stub_->GetOuterKeys(&context, request, &response);
    if (status.error_code() != grpc::StatusCode::DEADLINE_EXCEEDED) break;
  }
  if (!status.ok()) return FromGrpcStatus(status);
  if (response.venues_size() != static_cast<int>(venues.size())) {
    return absl::InternalError("the registry answered for other venues");
  }
  std::vector<std::string> keys;
  keys.reserve(venues.size());
  for (int i = 0; i < response.venues_size(); ++i) {
    auto& venue = *response.mutable_venues(i);
    if (venue.venue_id() != request.venue_ids(i) ||
        venue.public_keys().size() != crypto::kVenueDayKeysSize) {
      return absl::InternalError("the registry answered for other venues");
    }
    keys.push_back(std::move(*venue.mutable_public_keys()));
  }
  return keys;
}

}  // namespace oshirase::checkin

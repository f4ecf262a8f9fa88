#include "services/gateway/backends/grpc_notifier_client.h"

#include <utility>

#include "common/status/macros.h"
#include "services/gateway/backends/async_call.h"

namespace oshirase::gateway {
namespace {

namespace v1 = notifier::v1;

constexpr absl::Duration kTimeout = absl::Seconds(2);

absl::StatusOr<DayKeyMaterial> TakeKeys(v1::DayKeys& proto) {
  DayKeyMaterial keys;
  keys.day = Day{proto.day()};
  auto inner_key = crypto::SecretKey::FromBytes(proto.inner_key());
  auto tag_key = crypto::SecretKey::FromBytes(proto.tag_key());
  crypto::WipeString(*proto.mutable_inner_key());
  crypto::WipeString(*proto.mutable_tag_key());
  RETURN_IF_ERROR(inner_key.status());
  RETURN_IF_ERROR(tag_key.status());
  keys.inner_key = *std::move(inner_key);
  keys.tag_key = *std::move(tag_key);
  return keys;
}

}  // namespace

GrpcNotifierClient::GrpcNotifierClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(v1::NotifierService::NewStub(channel)) {}

absl::StatusOr<std::vector<DayKeyMaterial>> GrpcNotifierClient::GetDayKeys(
    const std::vector<Day>& days, const CallContext& call) {
  grpc::ClientContext context;
  PrepareContext(context, call, kTimeout);
  v1::GetDayKeysRequest request;
  for (const Day day : days) request.add_days(day.value);
  v1::GetDayKeysResponse response;
  RETURN_IF_ERROR(FromGrpcStatus(stub_->GetDayKeys(&context, request, &response)));
  std::vector<DayKeyMaterial> result;
  for (v1::DayKeys& proto : *response.mutable_keys()) {
    ASSIGN_OR_RETURN(DayKeyMaterial keys, TakeKeys(proto));
    result.push_back(std::move(keys));
  }
  return result;
}

void GrpcNotifierClient::RecordFollowChange(const FollowChange& change, const CallContext& call,
                                            Done done) {
  v1::RecordFollowChangeRequest request;
  request.set_user_id(change.user_id.bytes.data(), change.user_id.bytes.size());
  const int64_t milliseconds = absl::ToUnixMillis(change.time);
  request.mutable_event_time()->set_seconds(milliseconds / 1000);
  request.mutable_event_time()->set_nanos(static_cast<int32_t>(milliseconds % 1000) * 1'000'000);
  request.set_following(change.following);
  StartCall<v1::RecordFollowChangeResponse>(
      call, kTimeout, std::move(request),
      [this](auto* context, auto* sent, auto* response, auto callback) {
        stub_->async()->RecordFollowChange(context, sent, response, std::move(callback));
      },
      [done = std::move(done)](absl::StatusOr<v1::RecordFollowChangeResponse> response) {
        done(response.status());
      });
}

}  // namespace oshirase::gateway

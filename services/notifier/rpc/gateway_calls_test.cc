// What the gateway calls, and nobody else may.
#include <catch2/catch.hpp>

#include "common/status/grpc_status.h"
#include "services/notifier/testing/service_world.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

TEST_CASE("keys go to the gateway and to nobody else") {
  ServiceWorld world;
  v1::GetDayKeysRequest request;
  request.add_days(DayOf(TestNoon()).value);
  v1::GetDayKeysResponse response;
  {
    grpc::ClientContext context;
    const auto gateway = v1::NotifierService::NewStub(world.server.ChannelAsService("gateway"));
    REQUIRE_OK(FromGrpcStatus(gateway->GetDayKeys(&context, request, &response)));
  }
  REQUIRE(response.keys_size() == 1);
  CHECK(response.keys(0).inner_key().size() == 32);
  CHECK(response.keys(0).tag_key().size() == 32);
  for (const auto& channel :
       {world.server.ChannelAsService("checkin"), world.server.ChannelAsService("registry"),
        world.server.ChannelAsOfficer("officer-a"), world.server.ChannelAsOfficer("auditor")}) {
    grpc::ClientContext context;
    CHECK_CODE(FromGrpcStatus(
                   v1::NotifierService::NewStub(channel)->GetDayKeys(&context, request, &response)),
               absl::StatusCode::kPermissionDenied);
  }
}

TEST_CASE("a follow change is recorded for the gateway, with a whole id and a time") {
  ServiceWorld world;
  const auto gateway = v1::NotifierService::NewStub(world.server.ChannelAsService("gateway"));
  v1::RecordFollowChangeRequest request;
  const auto person = TestPerson(1);
  request.set_user_id(person.bytes.data(), person.bytes.size());
  request.mutable_event_time()->set_seconds(absl::ToUnixSeconds(TestNoon()));
  v1::RecordFollowChangeResponse response;
  {
    grpc::ClientContext context;
    REQUIRE_OK(FromGrpcStatus(gateway->RecordFollowChange(&context, request, &response)));
  }
  CHECK(world.process.departures.Remaining({person, TestPerson(2)})->size() == 1);
  request.set_user_id("short");
  grpc::ClientContext context;
  CHECK_CODE(FromGrpcStatus(gateway->RecordFollowChange(&context, request, &response)),
             absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace oshirase::notifier

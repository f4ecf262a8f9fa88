#include "services/gateway/backends/grpc_registry_client.h"

#include "common/server/testing/test_server.h"
#include "common/status/grpc_status.h"
#include "services/gateway/testing/rpc_support.h"

namespace oshirase::gateway {
namespace {

class TestRegistry : public registry::v1::RegistryService::Service {
 public:
  grpc::Status LookupVenueCode(grpc::ServerContext* /*context*/,
                               const registry::v1::LookupVenueCodeRequest* request,
                               registry::v1::LookupVenueCodeResponse* response) override {
    code = request->venue_code();
    *response->mutable_venue() = venue;
    return ToGrpcStatus(status);
  }

  absl::Status status;
  registry::v1::Venue venue;
  std::string code;
};

struct RegistryFixture {
  TestRegistry service;
  TestServer server{
      "registry",
      OpenTo("gateway", "/oshirase.registry.v1.RegistryService/", {"LookupVenueCode"}),
      {&service}};
  GrpcRegistryClient client{server.ChannelAsService("gateway")};

  absl::StatusOr<Venue> Lookup() {
    Awaited<absl::StatusOr<Venue>> answer;
    client.LookupVenueCode({"0123456789ABCDEFG"}, Call(), answer.Done());
    return answer.Get();
  }
};

TEST_CASE("a venue comes back with what a check-in needs") {
  RegistryFixture fixture;
  fixture.service.venue.set_venue_id("6ba7b810-9dad-41d1-80b4-00c04fd430c8");
  fixture.service.venue.mutable_details()->set_name("食堂");
  fixture.service.venue.set_state(registry::v1::VENUE_STATE_CLOSED);
  fixture.service.venue.mutable_details()->mutable_event_end_time()->set_seconds(77);

  const auto venue = fixture.Lookup();

  REQUIRE(venue.ok());
  CHECK(fixture.service.code == "0123456789ABCDEFG");
  CHECK(venue->venue_id_bytes[0] == 0x6b);
  CHECK(venue->name == "食堂");
  CHECK(venue->state == Venue::State::kClosed);
  CHECK_FALSE(venue->event_start);
  CHECK(*venue->event_end == absl::FromUnixSeconds(77));
  fixture.service.venue.set_state(static_cast<registry::v1::VenueState>(99));
  CHECK(fixture.Lookup()->state == Venue::State::kSuspended);
}

TEST_CASE("an unknown code is NOT_FOUND, a venue without an id an error") {
  RegistryFixture fixture;
  CHECK_FALSE(fixture.Lookup().ok());
  fixture.service.status = absl::NotFoundError("nobody's");
  CHECK(absl::IsNotFound(fixture.Lookup().status()));
}

}  // namespace
}  // namespace oshirase::gateway

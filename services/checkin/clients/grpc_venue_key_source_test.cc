#include "services/checkin/clients/grpc_venue_key_source.h"

#include <atomic>
#include <catch2/catch.hpp>

#include "absl/time/clock.h"
#include "common/crypto/outer_keys.h"
#include "common/ids/uuid.h"
#include "common/server/testing/test_server.h"
#include "common/status/grpc_status.h"

namespace oshirase::checkin {
namespace {

namespace v1 = registry::v1;

// Answers every venue with a key of its own, the first `late` times only when nobody waits any
// more.
class TestRegistry : public v1::RegistryService::Service {
 public:
  grpc::Status GetOuterKeys(grpc::ServerContext* context, const v1::GetOuterKeysRequest* request,
                            v1::GetOuterKeysResponse* response) override {
    const int call = ++calls;
    while (call <= late && !context->IsCancelled()) absl::SleepFor(absl::Milliseconds(10));
    for (const std::string& venue : request->venue_ids()) {
      auto* keys = response->add_venues();
      keys->set_venue_id(venue);
      keys->set_public_keys(std::string(key_bytes, venue.back()));
    }
    if (swapped) response->mutable_venues()->SwapElements(0, 1);
    return ToGrpcStatus(status);
  }

  std::atomic<int> calls = 0;
  int late = 0;
  size_t key_bytes = crypto::kVenueDayKeysSize;
  bool swapped = false;
  absl::Status status;
};

struct VenueKeySourceFixture {
  static constexpr char kMethod[] = "/oshirase.registry.v1.RegistryService/GetOuterKeys";

  absl::StatusOr<std::vector<std::string>> Fetch() { return source.Fetch(Day{18000}, venues); }

  TestRegistry service;
  TestServer server{"registry", AccessPolicy({{kMethod, {"checkin"}, {}}}), {&service}};
  GrpcVenueKeySource source{server.ChannelAsService("checkin")};
  std::vector<VenueId> venues = {*ids::ParseUuid("6ba7b810-9dad-41d1-80b4-00c04fd430c1"),
                                 *ids::ParseUuid("6ba7b810-9dad-41d1-80b4-00c04fd430c2")};
};

TEST_CASE("keys come in the order of the venues asked for") {
  VenueKeySourceFixture fixture;
  const auto keys = fixture.Fetch();
  REQUIRE(keys.ok());
  REQUIRE(keys->size() == 2);
  CHECK((*keys)[0] == std::string(crypto::kVenueDayKeysSize, '1'));
  CHECK((*keys)[1] == std::string(crypto::kVenueDayKeysSize, '2'));
}

TEST_CASE("an answer that does not come in time is asked for once more") {
  VenueKeySourceFixture fixture;
  fixture.service.late = 1;
  CHECK(fixture.Fetch().ok());
  CHECK(fixture.service.calls == 2);
}

TEST_CASE("a registry that answers neither time is too late, and is not asked a third time") {
  VenueKeySourceFixture fixture;
  fixture.service.late = 9;
  CHECK(absl::IsDeadlineExceeded(fixture.Fetch().status()));
  CHECK(fixture.service.calls == 2);
}

TEST_CASE("a refusal is not asked for again") {
  VenueKeySourceFixture fixture;
  fixture.service.status = absl::FailedPreconditionError("no keys for that day");
  CHECK(absl::IsFailedPrecondition(fixture.Fetch().status()));
  CHECK(fixture.service.calls == 1);
}

TEST_CASE("keys of other venues, or of a wrong size, are never used") {
  VenueKeySourceFixture fixture;
  fixture.service.swapped = true;
  CHECK(absl::IsInternal(fixture.Fetch().status()));
  fixture.service.swapped = false;
  fixture.service.key_bytes = crypto::kVenueDayKeysSize - 1;
  CHECK(absl::IsInternal(fixture.Fetch().status()));
}

}  // namespace
}  // namespace oshirase::checkin

#include "services/gateway/health/readiness.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "common/server/testing/test_server.h"
#include "oshirase/checkin/v1/checkin_service.grpc.pb.h"
#include "services/gateway/testing/fake_notifier_client.h"

namespace oshirase::gateway {
namespace {

struct Fixture {
  Metrics metrics;
  FakeNotifierClient notifier;
  DayKeyCache keys{notifier, [] { return StartOf(Day{18'000}); }};
  absl::Status checkin;
  absl::Status registry;
  int asked = 0;

  Readiness Make() {
    return {keys,
            {{"checkin",
              [this](absl::Duration, auto done) {
                ++asked;
                done(checkin);
              },
              true},
             {"registry", [this](absl::Duration, auto done) { done(registry); }, false}},
            metrics};
  }
};

TEST_CASE("with keys and checkin it is ready, whatever the registry does, and says so") {
  Fixture fixture;
  fixture.registry = absl::UnavailableError("down");
  REQUIRE(fixture.keys.Refresh().ok());
  auto readiness = fixture.Make();

  const HttpResponse response = readiness.Ready();

  CHECK(response.status == 200);
  CHECK(nlohmann::json::parse(response.body) ==
        nlohmann::json({{"ready", true},
                        {"day_keys", true},
                        {"backends", {{"checkin", "up"}, {"registry", "down"}}}}));
  CHECK(fixture.metrics.Text().find("oshirase_backend_up{backend=\"registry\"} 0") !=
        std::string::npos);
}

TEST_CASE("without the day's keys or without checkin it is not ready") {
  Fixture fixture;
  auto no_keys = fixture.Make();
  CHECK(no_keys.Ready().status == 503);

  REQUIRE(fixture.keys.Refresh().ok());
  fixture.checkin = absl::UnavailableError("down");
  auto no_checkin = fixture.Make();
  CHECK(no_checkin.Ready().status == 503);
}

TEST_CASE("backends are asked at most once a second") {
  Fixture fixture;
  auto readiness = fixture.Make();
  for (int i = 0; i < 5; ++i) readiness.Ready();
  CHECK(fixture.asked == 1);
}

TEST_CASE("backends are asked all at once") {
  Fixture fixture;
  std::function<void(absl::Status)> first;
  Readiness readiness(fixture.keys,
                      {{"first", [&](absl::Duration, auto done) { first = done; }, false},
                       {"second",
                        [&](absl::Duration, auto done) {
                          first(absl::OkStatus());
                          done(absl::OkStatus());
                        },
                        false}},
                      fixture.metrics);
  CHECK(nlohmann::json::parse(readiness.Ready().body)["backends"]["first"] == "up");
}

TEST_CASE("the probe believes a serving server's health and nothing else") {
  // Any service will do: a server without one cannot start.
  checkin::v1::CheckinService::Service service;
  TestServer server("checkin", AccessPolicy({}), {&service});
  const ServiceProbe probe = MakeServiceProbe(server.ChannelAsService("gateway"));
  CHECK(ProbeNow(probe, absl::Seconds(5)).ok());

  server.server().SetServing(false);
  CHECK_FALSE(ProbeNow(probe, absl::Seconds(5)).ok());
  server.server().Shutdown(absl::ZeroDuration());
  CHECK_FALSE(ProbeNow(probe, absl::Seconds(1)).ok());
}

}  // namespace
}  // namespace oshirase::gateway

#include "common/client/channel.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "common/server/testing/echo_service.h"
#include "common/server/testing/test_server.h"

namespace oshirase {
namespace {

constexpr char kId[] = "0d9b2f6a-3c1e-4f7b-8a52-91c0e4d7b6aa";

// A registry whose certificates come from outside, so that several trust each other.
struct Registry {
  explicit Registry(const TlsFiles& tls, int port = 0) {
    auto started = GrpcServer::Start({.listen_address = "127.0.0.1:" + std::to_string(port),
                                      .health_address = "127.0.0.1:0",
                                      .tls = tls},
                                     {EchoPolicy({"checkin"})}, {&echo}, metrics);
    REQUIRE(started.ok());
    server = *std::move(started);
  }

  std::string address() const { return "127.0.0.1:" + std::to_string(server->port()); }

  SyncEcho echo;
  Metrics metrics;
  std::unique_ptr<GrpcServer> server;
};

struct Fixture {
  std::shared_ptr<grpc::Channel> Channel(const std::string& address,
                                         const std::string& service = "registry") {
    return MakeChannel({.address = address, .service = service}, WatchTlsFiles(client_files));
  }

  TestCertificates certificates;
  TlsFiles server_files = certificates.Service("registry");
  TlsFiles client_files = certificates.Service("checkin");
};

testing::EchoRequest FailWith(grpc::StatusCode code) {
  testing::EchoRequest request;
  request.set_fail_with(code);
  return request;
}

TEST_CASE("a call carries its deadline and request id to the server") {
  Fixture fixture;
  const Registry registry(fixture.server_files);

  const auto echoed =
      CallEcho(fixture.Channel(registry.address()), {},
               {absl::Now() + absl::Milliseconds(700), {RequestId::Kind::kVisit, kId}});

  REQUIRE(echoed.status.ok());
  CHECK(echoed.response.request_id() == kId);
  CHECK(echoed.response.milliseconds_left() <= 700);
  CHECK(echoed.response.milliseconds_left() > 0);
}

TEST_CASE("a host name works as well as an address") {
  Fixture fixture;
  const Registry registry(fixture.server_files);
  const std::string address = "localhost:" + std::to_string(registry.server->port());

  CHECK(CallEcho(fixture.Channel(address)).status.ok());
}

TEST_CASE("a server that is another service is not believed") {
  Fixture fixture;
  Registry registry(fixture.server_files);

  const auto echoed = CallEcho(fixture.Channel(registry.address(), "notifier"));

  CHECK(absl::IsUnavailable(echoed.status));
  CHECK(registry.echo.calls() == 0);
}

TEST_CASE("a server without our identity, or of another authority, is not believed") {
  Fixture fixture;
  const auto options =
      GENERATE(TestCertificateOptions{.uri = ""},
               TestCertificateOptions{.issuer = TestCertificateOptions::Issuer::kStranger,
                                      .uri = "spiffe://services.oshirase/registry"});
  TlsFiles files = fixture.certificates.Issue(options);
  files.authorities = fixture.server_files.authorities;
  Registry registry(files);

  CHECK(absl::IsUnavailable(CallEcho(fixture.Channel(registry.address())).status));
  CHECK(registry.echo.calls() == 0);
}

TEST_CASE("an idempotent method is tried again while the server is unavailable, three times") {
  Fixture fixture;
  Registry registry(fixture.server_files);
  const auto channel = MakeChannel(
      {.address = registry.address(), .service = "registry", .retried_methods = {kEchoMethod}},
      WatchTlsFiles(fixture.client_files));

  CHECK(absl::IsUnavailable(CallEcho(channel, FailWith(grpc::StatusCode::UNAVAILABLE)).status));
  CHECK(registry.echo.calls() == 3);

  CHECK(absl::IsAborted(CallEcho(channel, FailWith(grpc::StatusCode::ABORTED)).status));
  CHECK(registry.echo.calls() == 4);
}

TEST_CASE("retries stop when too many calls fail") {
  Fixture fixture;
  Registry registry(fixture.server_files);
  const auto channel = MakeChannel(
      {.address = registry.address(), .service = "registry", .retried_methods = {kEchoMethod}},
      WatchTlsFiles(fixture.client_files));

  for (int i = 0; i < 20; ++i) CallEcho(channel, FailWith(grpc::StatusCode::UNAVAILABLE));

  // Half of the ten tokens go into retries at most.
  CHECK(registry.echo.calls() <= 25);
}

TEST_CASE("other methods are tried once") {
  Fixture fixture;
  Registry registry(fixture.server_files);

  CallEcho(fixture.Channel(registry.address()), FailWith(grpc::StatusCode::UNAVAILABLE));

  CHECK(registry.echo.calls() == 1);
}

TEST_CASE("calls work again soon after the server came back") {
  Fixture fixture;
  auto first = std::make_unique<Registry>(fixture.server_files);
  const int port = first->server->port();
  const auto channel = fixture.Channel(first->address());
  REQUIRE(CallEcho(channel).status.ok());
  first.reset();
  REQUIRE(absl::IsUnavailable(CallEcho(channel).status));

  const Registry second(fixture.server_files, port);

  const absl::Time start = absl::Now();
  while (!CallEcho(channel).status.ok() && absl::Now() - start < absl::Seconds(5)) {
    absl::SleepFor(absl::Milliseconds(10));
  }
  CHECK(absl::Now() - start < absl::Seconds(2));
}

TEST_CASE("calls go to all of several servers, and round one that is gone") {
  Fixture fixture;
  Registry first(fixture.server_files);
  Registry second(fixture.server_files);
  const auto channel = fixture.Channel(first.address() + "," + second.address());
  const absl::Time give_up = absl::Now() + absl::Seconds(5);
  while ((first.echo.calls() == 0 || second.echo.calls() == 0) && absl::Now() < give_up) {
    REQUIRE(CallEcho(channel).status.ok());
  }
  CHECK(first.echo.calls() > 0);
  CHECK(second.echo.calls() > 0);

  first.server->Shutdown(absl::ZeroDuration());

  int failures = 0;
  for (int i = 0; i < 20; ++i) failures += CallEcho(channel).status.ok() ? 0 : 1;
  CHECK(failures <= 1);  // At most the one that met the end.
}

TEST_CASE("a renewed client certificate is used without a restart") {
  Fixture fixture;
  const Registry registry(fixture.server_files);
  TlsFiles files =
      fixture.certificates.Issue({.uri = ServiceUri("checkin"), .valid_for = -absl::Minutes(1)});
  files.refresh = absl::Seconds(1);
  const auto channel =
      MakeChannel({.address = registry.address(), .service = "registry"}, WatchTlsFiles(files));
  REQUIRE(absl::IsUnavailable(CallEcho(channel).status));

  fixture.certificates.Renew(files, {.uri = ServiceUri("checkin")});

  const absl::Time give_up = absl::Now() + absl::Seconds(5);
  while (!CallEcho(channel).status.ok() && absl::Now() < give_up) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  CHECK(CallEcho(channel).status.ok());
}

}  // namespace
}  // namespace oshirase

#include "common/server/grpc_server.h"

#include <pthread.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/client/channel.h"
#include "common/config/bad_configuration.h"
#include "common/server/stop_signals.h"
#include "common/server/testing/echo_service.h"
#include "common/server/testing/test_server.h"
#include "common/status/grpc_status.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "health.grpc.pb.h"

namespace oshirase {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

struct Registry {
  explicit Registry(const GrpcServerOptions& options = {})
      : server("registry", EchoPolicy({"checkin"}), {&echo}, options) {}

  SyncEcho echo;
  TestServer server;
};

std::shared_ptr<grpc::Channel> ProbeChannel(const GrpcServer& server) {
  return grpc::CreateChannel("127.0.0.1:" + std::to_string(server.health_port()),
                             grpc::InsecureChannelCredentials());
}

// What a probe is told of `name`: "SERVING", "NOT_SERVING", or the code of the error.
std::string Probe(const std::shared_ptr<grpc::Channel>& channel, const std::string& name) {
  grpc::ClientContext context;
  PrepareContext(context, {}, absl::Seconds(5));
  HealthCheckRequest request;
  request.set_service(name);
  HealthCheckResponse response;
  const auto status = FromGrpcStatus(Health::NewStub(channel)->Check(&context, request, &response));
  return status.ok() ? HealthCheckResponse::ServingStatus_Name(response.status())
                     : absl::StatusCodeToString(status.code());
}

// The code that a call of `method` with an empty message ends with.
absl::StatusCode CallBlindly(const std::shared_ptr<grpc::Channel>& channel,
                             const std::string& method) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  PrepareContext(context, {}, absl::Seconds(5));
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareUnaryCall(&context, method, grpc::ByteBuffer(), &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return FromGrpcStatus(status).code();
}

TEST_CASE("probes learn in plaintext whether the service works and the process lives") {
  Registry registry;
  GrpcServer& server = registry.server.server();
  const auto probe = ProbeChannel(server);
  CHECK(Probe(probe, "") == "SERVING");
  CHECK(Probe(probe, "live") == "SERVING");

  server.SetServing(false);

  CHECK(Probe(probe, "") == "NOT_SERVING");
  CHECK(Probe(probe, "live") == "SERVING");
  CHECK(Probe(probe, "no such name") == "NOT_FOUND");
  server.SetServing(true);
  CHECK(Probe(probe, "") == "SERVING");
}

TEST_CASE("services learn the same on the main port, and nobody else does") {
  Registry registry;
  registry.server.server().SetServing(false);

  CHECK(Probe(registry.server.ChannelAsService("gateway"), "") == "NOT_SERVING");
  CHECK(Probe(registry.server.ChannelAsService("stranger"), "") == "PERMISSION_DENIED");
  CHECK(Probe(registry.server.ChannelAsOfficer("officer-a"), "") == "PERMISSION_DENIED");
}

TEST_CASE("the health port answers nothing but health checks") {
  Registry registry;
  const auto probe = ProbeChannel(registry.server.server());
  auto methods = CompiledMethods("oshirase.");
  REQUIRE(methods.size() == 3);
  methods.emplace_back("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");
  methods.emplace_back("/grpc.channelz.v1.Channelz/GetServers");
  methods.emplace_back("/");

  for (const std::string& method : methods) {
    CAPTURE(method);
    CHECK(CallBlindly(probe, method) == absl::StatusCode::kUnimplemented);
  }
  CHECK(registry.echo.calls() == 0);
}

TEST_CASE("there is no reflection on the main port either") {
  Registry registry;
  CHECK(CallBlindly(registry.server.ChannelAsService("checkin"),
                    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo") ==
        absl::StatusCode::kPermissionDenied);
}

TEST_CASE("a request over the limit is refused, one below it is not") {
  Registry registry;
  const auto channel = registry.server.ChannelAsService("checkin");
  testing::EchoRequest request;
  request.set_payload(std::string(60 * 1024, 'x'));
  CHECK(CallEcho(channel, request).status.ok());
  request.set_payload(std::string(64 * 1024, 'x'));
  CHECK(absl::IsResourceExhausted(CallEcho(channel, request).status));

  Registry roomy({.max_request_bytes = 1024 * 1024});
  CHECK(CallEcho(roomy.server.ChannelAsService("checkin"), request).status.ok());
}

TEST_CASE("calls beyond the threads are turned away, and the server goes on") {
  Registry registry({.max_threads = 4});
  const auto channel = registry.server.ChannelAsService("checkin");
  REQUIRE(CallEcho(channel).status.ok());
  registry.echo.Hold();
  std::atomic<int> refused = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 16; ++i) {
    callers.emplace_back([&] {
      if (absl::IsResourceExhausted(CallEcho(channel).status)) ++refused;
    });
  }
  const absl::Time give_up = absl::Now() + absl::Seconds(4);
  while (refused == 0 && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(5));
  registry.echo.Release();
  for (auto& caller : callers) caller.join();

  CHECK(refused > 0);
  CHECK(CallEcho(channel).status.ok());
}

TEST_CASE("a draining server says so, lets calls in flight end and takes no new ones") {
  Registry registry;
  GrpcServer& server = registry.server.server();
  const auto channel = registry.server.ChannelAsService("checkin");
  const auto probe = ProbeChannel(server);
  REQUIRE(Probe(probe, "") == "SERVING");
  registry.echo.Hold();
  absl::Status in_flight = absl::UnknownError("not answered");
  std::thread caller([&] { in_flight = CallEcho(channel).status; });
  registry.echo.AwaitCalls(1);

  std::thread stopper([&] { server.Shutdown(absl::Seconds(10)); });
  while (Probe(probe, "") == "SERVING") absl::SleepFor(absl::Milliseconds(5));
  CHECK(Probe(probe, "") == "NOT_SERVING");
  CHECK(absl::IsUnavailable(CallEcho(registry.server.ChannelAsService("checkin")).status));
  registry.echo.Release();
  stopper.join();
  caller.join();

  CHECK(in_flight.ok());
  CHECK(Probe(probe, "") == "UNAVAILABLE");
}

TEST_CASE("a stop signal ends the server") {
  Registry registry;
  std::thread main_thread([&] {
    BlockStopSignals();
    pthread_kill(pthread_self(), SIGTERM);
    registry.server.server().RunUntilSignal(absl::Seconds(1));
  });
  main_thread.join();

  CHECK(absl::IsUnavailable(CallEcho(registry.server.ChannelAsService("checkin")).status));
}

TEST_CASE("everything that keeps a server from starting is told at once") {
  Registry registry;
  const GrpcServer& taken = registry.server.server();
  TestCertificates certificates;
  Metrics metrics;
  GrpcServerOptions options{.listen_address = "127.0.0.1:" + std::to_string(taken.port()),
                            .health_address = "127.0.0.1:" + std::to_string(taken.health_port()),
                            .tls = certificates.Service("registry")};
  options.tls.key = "/nonexistent.key";

  const auto server = GrpcServer::Start(options, {AccessPolicy({})}, {}, metrics);

  REQUIRE(IsBadConfiguration(server.status()));
  const std::vector<std::string> lines =
      absl::StrSplit(std::string(server.status().message()), '\n');
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == "LISTEN_ADDR: port " + std::to_string(taken.port()) + " is taken");
  CHECK(lines[1] == "HEALTH_ADDR: port " + std::to_string(taken.health_port()) + " is taken");
  CHECK(lines[2] == "TLS: /nonexistent.key: cannot be read");
}

TEST_CASE("a renewed server certificate is used without a restart") {
  TestCertificates certificates;
  SyncEcho echo;
  Metrics metrics;
  GrpcServerOptions options{.listen_address = "127.0.0.1:0",
                            .health_address = "127.0.0.1:0",
                            .tls = certificates.Service("somebody-else")};
  options.tls.refresh = absl::Seconds(1);
  const auto server = GrpcServer::Start(options, {EchoPolicy({"checkin"})}, {&echo}, metrics);
  REQUIRE(server.ok());
  const auto channel = MakeChannel(
      {.address = "127.0.0.1:" + std::to_string((*server)->port()), .service = "registry"},
      WatchTlsFiles(certificates.Service("checkin")));
  REQUIRE(absl::IsUnavailable(CallEcho(channel).status));

  certificates.Renew(options.tls, {.uri = ServiceUri("registry")});

  const absl::Time give_up = absl::Now() + absl::Seconds(5);
  while (!CallEcho(channel).status.ok() && absl::Now() < give_up) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  CHECK(CallEcho(channel).status.ok());
}

}  // namespace
}  // namespace oshirase

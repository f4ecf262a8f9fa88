#include "common/server/access_control.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "common/client/channel.h"
#include "common/log/testing/captured_log.h"
#include "common/server/testing/echo_service.h"
#include "common/server/testing/test_server.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace oshirase {
namespace {

using Issuer = TestCertificateOptions::Issuer;

// The registry, open to checkin and to officers who approve.
struct Registry {
  SyncEcho echo;
  TestServer server{"registry", EchoPolicy({"checkin"}, {Role::kApprove}), {&echo}};
};

void CheckRefused(const Echoed& echoed, absl::StatusCode code, const std::string& reason) {
  CHECK(echoed.status.code() == code);
  CHECK(ReasonOf(echoed.status) == reason);
}

TEST_CASE("a service named in the table may call, and the handler knows it") {
  Registry registry;

  const auto echoed = CallEcho(registry.server.ChannelAsService("checkin"));

  REQUIRE(echoed.status.ok());
  CHECK(echoed.response.caller() == "checkin");
  CHECK(registry.server.refusals().empty());
}

TEST_CASE("a service that is not named in the table is refused, and the handler never runs") {
  Registry registry;
  const CapturedLog log;

  const auto echoed = CallEcho(registry.server.ChannelAsService("gateway"));

  CheckRefused(echoed, absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED");
  CHECK(registry.echo.calls() == 0);
  const auto refusals = registry.server.refusals();
  REQUIRE(refusals.size() == 1);
  CHECK(refusals[0].method == kEchoMethod);
  CHECK(refusals[0].caller == Caller{Caller::Kind::kService, "gateway"});
  CHECK(refusals[0].reason == "CALLER_NOT_ALLOWED");
  CHECK(absl::StrContains(registry.server.metrics().Text(),
                          "oshirase_rpc_refusals_total{reason=\"CALLER_NOT_ALLOWED\"} 1"));
  CHECK(absl::StrContains(log.text(), "\"caller\":\"gateway\""));
}

TEST_CASE("even the server's own name is refused when no row names it") {
  Registry registry;

  CheckRefused(CallEcho(registry.server.ChannelAsService("registry")),
               absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED");
}

TEST_CASE("an officer with the role may call") {
  Registry registry;
  registry.server.officers().Enroll("officer-b", {Role::kSubmit, Role::kApprove});

  const auto echoed = CallEcho(registry.server.ChannelAsOfficer("officer-b"));

  REQUIRE(echoed.status.ok());
  CHECK(echoed.response.caller() == "officer-b");
}

TEST_CASE("officers without the role, unknown or revoked are refused, and not named in the log") {
  Registry registry;
  registry.server.officers().Enroll("officer-a", {Role::kSubmit});
  registry.server.officers().Enroll("officer-c", {});
  const CapturedLog log;
  const std::string id = GENERATE("officer-a", "officer-c", "nobody");

  const auto echoed = CallEcho(registry.server.ChannelAsOfficer(id));

  CheckRefused(echoed, absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED");
  CHECK_FALSE(absl::StrContains(log.text(), id));
  CHECK(registry.server.refusals().at(0).caller == Caller{Caller::Kind::kOfficer, id});
}

TEST_CASE("a revocation acts on the next call of an open connection") {
  Registry registry;
  registry.server.officers().Enroll("officer-b", {Role::kApprove});
  const auto channel = registry.server.ChannelAsOfficer("officer-b");
  REQUIRE(CallEcho(channel).status.ok());

  registry.server.officers().Enroll("officer-b", {});

  CheckRefused(CallEcho(channel), absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED");
}

TEST_CASE("while the officers cannot be looked up their calls fail for a passing reason") {
  Registry registry;
  registry.server.officers().Enroll("officer-b", {Role::kApprove});
  registry.server.officers().FailNext(absl::UnavailableError("database is away"));

  const auto echoed = CallEcho(registry.server.ChannelAsOfficer("officer-b"));

  CheckRefused(echoed, absl::StatusCode::kUnavailable, "OFFICERS_UNKNOWN");
  CHECK_FALSE(absl::StrContains(echoed.status.message(), "database"));
}

TEST_CASE("an officer is not a service of the same name, nor a service an officer") {
  Registry registry;
  registry.server.officers().Enroll("gateway", {Role::kApprove});

  CheckRefused(CallEcho(registry.server.ChannelAsOfficer("checkin")),
               absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED");
  CheckRefused(CallEcho(registry.server.ChannelAsService("gateway")),
               absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED");
}

TEST_CASE("a certificate without an identity of ours does not get far") {
  Registry registry;
  const bool no_uri = GENERATE(true, false);
  const TestCertificateOptions options{.uri = no_uri ? ""
                                                     : "spiffe://services.oshirase/checkin/extra"};

  const auto echoed =
      CallEcho(registry.server.ChannelWith(registry.server.certificates().Issue(options)));

  CheckRefused(echoed, absl::StatusCode::kUnauthenticated, "NO_IDENTITY");
  CHECK(registry.echo.calls() == 0);
}

TEST_CASE("a forged, foreign or expired certificate fails the handshake") {
  Registry registry;
  registry.server.officers().Enroll("officer-b", {Role::kApprove});
  const auto options = GENERATE(
      // The services' authority cannot make an officer, nor the officers' a service:
      TestCertificateOptions{.uri = "spiffe://officers.oshirase/officer-b"},
      TestCertificateOptions{.issuer = Issuer::kOfficers,
                             .uri = "spiffe://services.oshirase/checkin"},
      // nor hide one behind a good name:
      TestCertificateOptions{
          .uri = "spiffe://services.oshirase/checkin,URI:spiffe://officers.oshirase/officer-b"},
      TestCertificateOptions{.issuer = Issuer::kStranger,
                             .uri = "spiffe://services.oshirase/checkin"},
      TestCertificateOptions{.uri = "spiffe://services.oshirase/checkin",
                             .valid_for = -absl::Hours(1)});
  CAPTURE(options.uri);

  const auto echoed =
      CallEcho(registry.server.ChannelWith(registry.server.certificates().Issue(options)));

  CHECK(absl::IsUnavailable(echoed.status));
  CHECK(registry.echo.calls() == 0);
}

TEST_CASE("nobody calls without a certificate or in plaintext") {
  Registry registry;
  const std::string address = "127.0.0.1:" + std::to_string(registry.server.server().port());
  grpc::experimental::TlsChannelCredentialsOptions no_certificate;
  no_certificate.set_verify_server_certs(false);
  no_certificate.set_check_call_host(false);
  const auto credentials = GENERATE_REF(grpc::InsecureChannelCredentials(),
                                        grpc::experimental::TlsCredentials(no_certificate));

  const auto echoed = CallEcho(grpc::CreateChannel(address, credentials));

  CHECK(absl::IsUnavailable(echoed.status));
  CHECK(registry.echo.calls() == 0);
}

TEST_CASE("the table guards callback services and streams too") {
  CallbackEcho callback;
  TestServer callback_server("registry", EchoPolicy({"checkin"}), {&callback});
  CHECK(CallEcho(callback_server.ChannelAsService("checkin")).response.caller() == "checkin");
  CheckRefused(CallEcho(callback_server.ChannelAsService("gateway")),
               absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED");

  Registry registry;
  const auto stub = testing::EchoService::NewStub(registry.server.ChannelAsService("gateway"));
  grpc::ClientContext context;
  PrepareContext(context, {}, absl::Seconds(5));
  const auto reader = stub->EchoThrice(&context, {});
  testing::EchoResponse response;
  CHECK_FALSE(reader->Read(&response));
  CHECK(reader->Finish().error_code() == grpc::StatusCode::PERMISSION_DENIED);
}

TEST_CASE("a method without a row is refused, whether the server has it or not") {
  Registry registry;
  const auto channel = registry.server.ChannelAsService("checkin");
  const auto stub = testing::ForgottenService::NewStub(channel);
  grpc::ClientContext context;
  PrepareContext(context, {}, absl::Seconds(5));
  testing::EchoResponse response;

  const auto status = FromGrpcStatus(stub->Forgotten(&context, {}, &response));

  CHECK(ReasonOf(status) == "CALLER_NOT_ALLOWED");
  CHECK(registry.server.refusals().at(0).method.empty());
}

}  // namespace
}  // namespace oshirase

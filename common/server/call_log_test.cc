#include "common/server/call_log.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "common/log/testing/captured_log.h"
#include "common/server/testing/echo_service.h"
#include "common/server/testing/test_server.h"
#include "common/status/grpc_status.h"

namespace oshirase {
namespace {

using nlohmann::json;

constexpr char kId[] = "0d9b2f6a-3c1e-4f7b-8a52-91c0e4d7b6aa";
constexpr char kOtherId[] = "7c0d6f3e-58b4-4a06-b0d5-2f6f1a3c9e11";

struct Registry {
  explicit Registry(GrpcServerOptions options = {})
      : server("registry", EchoPolicy({"checkin"}, {Role::kApprove}), {&echo}, std::move(options)) {
    server.officers().Enroll("officer-b", {Role::kApprove});
  }

  // Calls Echo as checkin with these metadata.
  testing::EchoResponse CallWith(const std::vector<std::pair<std::string, std::string>>& metadata) {
    grpc::ClientContext context;
    PrepareContext(context, {}, absl::Seconds(5));
    for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
    testing::EchoResponse response;
    const auto stub = testing::EchoService::NewStub(server.ChannelAsService("checkin"));
    REQUIRE(stub->Echo(&context, {}, &response).ok());
    return response;
  }

  SyncEcho echo;
  TestServer server;
};

// The one line that was written. A call is logged before its answer leaves.
json CallLine(const CapturedLog& log) {
  REQUIRE(log.lines().size() == 1);
  return json::parse(log.lines()[0]);
}

TEST_CASE("a call is logged with its method, code, duration and the caller's request id") {
  Registry registry;
  const CapturedLog log;

  const auto response = registry.CallWith({{"x-request-id", kId}});

  CHECK(response.request_id() == kId);
  const json line = CallLine(log);
  CHECK(line["msg"] == "call");
  CHECK(line["level"] == "info");
  CHECK(line["method"] == kEchoMethod);
  CHECK(line["code"] == "OK");
  CHECK(line["duration_ms"].get<double>() > 0);
  CHECK(line["request_id"] == kId);
}

TEST_CASE("a service's call without an id gets a new one, the same for handler and log") {
  Registry registry;
  const CapturedLog log;

  const auto response = registry.CallWith({});

  CHECK(IsUuid(response.request_id()));
  CHECK(CallLine(log)["request_id"] == response.request_id());
}

TEST_CASE("an officer's call without an id gets a case's id") {
  Registry registry;
  const CapturedLog log;

  const auto echoed = CallEcho(registry.server.ChannelAsOfficer("officer-b"));

  CHECK(IsUuid(echoed.response.request_id()));
  const json line = CallLine(log);
  CHECK(line["case_request_id"] == echoed.response.request_id());
  CHECK_FALSE(line.contains("request_id"));
}

TEST_CASE("of a visit's id and a case's only the case's is kept") {
  Registry registry;
  const CapturedLog log;

  const auto response = registry.CallWith({{"x-request-id", kId}, {"x-case-request-id", kOtherId}});

  CHECK(response.request_id() == kOtherId);
  CHECK(CallLine(log)["case_request_id"] == kOtherId);
  CHECK_FALSE(absl::StrContains(log.text(), kId));
}

TEST_CASE("an id that is no UUID, or is given twice, is replaced") {
  Registry registry;
  const CapturedLog log;
  const auto metadata = GENERATE(
      std::vector<std::pair<std::string, std::string>>{{"x-request-id", "U0123456789abcdef"}},
      std::vector<std::pair<std::string, std::string>>{{"x-request-id", kId},
                                                       {"x-request-id", kOtherId}});

  const auto response = registry.CallWith(metadata);

  CHECK(IsUuid(response.request_id()));
  for (const auto& [key, value] : metadata) CHECK_FALSE(absl::StrContains(log.text(), value));
}

TEST_CASE("a call that failed by our fault is logged as an error, by the caller's fault is not") {
  Registry registry;
  const auto channel = registry.server.ChannelAsService("checkin");
  testing::EchoRequest request;
  request.set_fail_with(grpc::StatusCode::INTERNAL);
  {
    const CapturedLog log;
    CallEcho(channel, request);
    CHECK(CallLine(log)["level"] == "error");
  }
  request.set_fail_with(grpc::StatusCode::NOT_FOUND);
  const CapturedLog log;
  CallEcho(channel, request);
  CHECK(CallLine(log)["level"] == "info");
  CHECK(CallLine(log)["code"] == "NOT_FOUND");
}

TEST_CASE("a quiet method is logged only when it fails, and counted always") {
  Registry registry({.quiet_methods = {kEchoMethod}});
  const CapturedLog log;
  const auto channel = registry.server.ChannelAsService("checkin");
  testing::EchoRequest failing;
  failing.set_fail_with(grpc::StatusCode::RESOURCE_EXHAUSTED);

  CallEcho(channel);
  CallEcho(channel, failing);

  CHECK(CallLine(log)["code"] == "RESOURCE_EXHAUSTED");
  const std::string text = registry.server.metrics().Text();
  CHECK(absl::StrContains(text, "code=\"OK\",method=\"" + std::string(kEchoMethod) + "\"} 1"));
  CHECK(absl::StrContains(text, "code=\"RESOURCE_EXHAUSTED\""));
}

TEST_CASE("callback services have ids and are counted as well") {
  CallbackEcho echo;
  TestServer server("registry", EchoPolicy({"checkin"}), {&echo});
  const CapturedLog log;

  const auto echoed = CallEcho(server.ChannelAsService("checkin"));

  CHECK(IsUuid(echoed.response.request_id()));
  CHECK(CallLine(log)["request_id"] == echoed.response.request_id());
  CHECK(absl::StrContains(server.metrics().Text(), "oshirase_rpc_calls_total{code=\"OK\""));
}

TEST_CASE("a stream is logged once") {
  Registry registry;
  const CapturedLog log;
  const auto stub = testing::EchoService::NewStub(registry.server.ChannelAsService("checkin"));
  grpc::ClientContext context;
  PrepareContext(context, {}, absl::Seconds(5));
  const auto reader = stub->EchoThrice(&context, {});
  testing::EchoResponse response;
  int answers = 0;
  while (reader->Read(&response)) ++answers;

  CHECK(reader->Finish().ok());
  CHECK(answers == 3);
  CHECK(CallLine(log)["method"] == kEchoThriceMethod);
}

}  // namespace
}  // namespace oshirase

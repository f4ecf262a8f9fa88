// Cases over the wire: what officers do with them, and how they are refused.
#include "services/notifier/rpc/notifier_service.h"

#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "google/rpc/error_details.pb.h"
#include "services/notifier/testing/service_world.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

TEST_CASE("a case goes from preparing over the wire to its last message") {
  ServiceWorld world;
  world.scene.Visit(1, 1, ServiceWorld::From());
  const v1::Case entered = world.Submit();
  CHECK(entered.state() == v1::CASE_STATE_SUBMITTED);
  CHECK(entered.signatures() == 1);
  CHECK(entered.recipients() == v1::BUCKET_UNSPECIFIED);

  const auto approved = world.Approve("officer-b", entered.case_id());
  REQUIRE_OK(approved);
  CHECK(approved->state() == v1::CASE_STATE_APPROVED);
  world.scene.RunAll();

  grpc::ClientContext context;
  v1::GetCaseRequest request;
  request.set_case_id(entered.case_id());
  v1::GetCaseResponse response;
  REQUIRE_OK(FromGrpcStatus(world.As("auditor")->GetCase(&context, request, &response)));
  CHECK(response.case_().state() == v1::CASE_STATE_SENT);
  CHECK(response.case_().accepted() == 1);
  CHECK(response.case_().recipients() == v1::BUCKET_0_TO_9);
  CHECK(response.case_().seconds_to_notice() >= 0);
  CHECK(response.signatures_size() == 2);
  CHECK(response.messages_size() == 1);
  CHECK_FALSE(response.statement().empty());
}

TEST_CASE("a refusal keeps its reason on the wire") {
  ServiceWorld world;
  const v1::Case entered = world.Submit();

  CHECK(ReasonOf(world.Approve("officer-a", entered.case_id()).status()) == "OWN_CASE");
  CHECK(ReasonOf(world.Approve("officer-b", ids::NewUuid()).status()) == "CASE_NOT_FOUND");
}

TEST_CASE("wrong fields are told by name") {
  ServiceWorld world;
  auto request = world.Prepare();
  request.mutable_exposures(0)->set_stay_seconds(1);
  grpc::ClientContext context;
  v1::PrepareCaseResponse response;

  const auto status =
      FromGrpcStatus(world.As("officer-a")->PrepareCase(&context, request, &response));

  CHECK(ReasonOf(status) == "CASE_INVALID");
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  REQUIRE(payload.has_value());
  google::rpc::BadRequest details;
  REQUIRE(details.ParseFromString(std::string(*payload)));
  REQUIRE(details.field_violations_size() == 1);
  CHECK(details.field_violations(0).field() == "exposures[0].stay_seconds");
}

TEST_CASE("malformed ids, signatures, pages and settlements are refused") {
  ServiceWorld world;
  const auto stub = world.As("officer-a");
  const auto reason = [](const grpc::Status& status) { return ReasonOf(FromGrpcStatus(status)); };
  {
    grpc::ClientContext context;
    v1::GetCaseRequest request;
    request.set_case_id("1; DROP TABLE");
    v1::GetCaseResponse response;
    CHECK(reason(stub->GetCase(&context, request, &response)) == "REQUEST_INVALID");
  }
  {
    grpc::ClientContext context;
    auto request = world.Submission("officer-a");
    request.mutable_signature()->set_signature("short");
    v1::SubmitCaseResponse response;
    CHECK(reason(stub->SubmitCase(&context, request, &response)) == "REQUEST_INVALID");
  }
  {
    grpc::ClientContext context;
    v1::ListCasesRequest request;
    request.set_page_token("junk");
    v1::ListCasesResponse response;
    CHECK(reason(stub->ListCases(&context, request, &response)) == "REQUEST_INVALID");
  }
  {
    grpc::ClientContext context;
    v1::SettleCaseRequest request;
    request.set_case_id(ids::NewUuid());
    v1::SettleCaseResponse response;
    CHECK(reason(stub->SettleCase(&context, request, &response)) == "REQUEST_INVALID");
  }
}

}  // namespace
}  // namespace oshirase::notifier

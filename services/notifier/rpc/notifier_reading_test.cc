// Lists and streams.
#include <catch2/catch.hpp>

#include "common/status/grpc_status.h"
#include "services/notifier/testing/service_world.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

TEST_CASE("watching tells each change until the case is finished") {
  ServiceWorld world;
  world.scene.Visit(1, 1, ServiceWorld::From());
  const v1::Case entered = world.Submit();
  const auto stub = world.As("officer-a");
  v1::WatchCaseRequest request;
  request.set_case_id(entered.case_id());
  grpc::ClientContext context;
  const auto reader = stub->WatchCase(&context, request);
  v1::WatchCaseResponse response;
  REQUIRE(reader->Read(&response));
  CHECK(response.case_().state() == v1::CASE_STATE_SUBMITTED);
  REQUIRE_OK(world.Approve("officer-b", entered.case_id()));
  REQUIRE(reader->Read(&response));
  CHECK(response.case_().state() == v1::CASE_STATE_APPROVED);
  world.scene.RunAll();

  while (reader->Read(&response)) {
  }

  CHECK(response.case_().state() == v1::CASE_STATE_SENT);
  CHECK_OK(FromGrpcStatus(reader->Finish()));
}

TEST_CASE("watchers do not keep a stopping server waiting") {
  ServiceWorld world;
  const v1::Case entered = world.Submit();
  const auto stub = world.As("officer-a");
  v1::WatchCaseRequest request;
  request.set_case_id(entered.case_id());
  grpc::ClientContext context;
  const auto reader = stub->WatchCase(&context, request);
  v1::WatchCaseResponse response;
  REQUIRE(reader->Read(&response));

  world.service.EndWatches();

  CHECK_FALSE(reader->Read(&response));
  CHECK_CODE(FromGrpcStatus(reader->Finish()), absl::StatusCode::kUnavailable);
}

TEST_CASE("cases are listed page by page") {
  ServiceWorld world;
  for (int i = 0; i < 3; ++i) world.Submit();
  const auto stub = world.As("officer-b");
  v1::ListCasesRequest request;
  request.set_page_size(2);
  v1::ListCasesResponse first;
  v1::ListCasesResponse second;
  {
    grpc::ClientContext context;
    REQUIRE_OK(FromGrpcStatus(stub->ListCases(&context, request, &first)));
  }
  request.set_page_token(first.next_page_token());
  grpc::ClientContext context;
  REQUIRE_OK(FromGrpcStatus(stub->ListCases(&context, request, &second)));

  CHECK(first.cases_size() == 2);
  CHECK(second.cases_size() == 1);
  CHECK(second.next_page_token().empty());
}

}  // namespace
}  // namespace oshirase::notifier

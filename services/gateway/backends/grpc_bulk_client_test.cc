#include "services/gateway/backends/grpc_bulk_client.h"

#include "common/server/testing/test_server.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "oshirase/checkin/v1/checkin_service.grpc.pb.h"
#include "services/gateway/backends/grpc_visit_counter.h"
#include "services/gateway/testing/rpc_support.h"

namespace oshirase::gateway {
namespace {

namespace v1 = registry::v1;
using Context = grpc::ServerContext;

class TestBulk : public v1::BusinessService::Service {
 public:
  grpc::Status ImportVenues(Context* /*context*/,
                            grpc::ServerReader<v1::ImportVenuesRequest>* reader,
                            v1::ImportVenuesResponse* response) override {
    if (!status.ok()) return ToGrpcStatus(status);
    v1::ImportVenuesRequest part;
    while (reader->Read(&part)) parts.push_back(part);
    *response = answer;
    return grpc::Status::OK;
  }
  grpc::Status StartBundle(Context* /*context*/, const v1::StartBundleRequest* request,
                           v1::StartBundleResponse* response) override {
    started = *request;
    response->set_bundle_id("bundle");
    return ToGrpcStatus(status);
  }
  grpc::Status GetBundle(Context* /*context*/, const v1::GetBundleRequest* /*request*/,
                         v1::GetBundleResponse* response) override {
    response->set_done(2);
    response->set_total(3);
    response->set_format(v1::BUNDLE_FORMAT_ZIP);
    return ToGrpcStatus(status);
  }
  grpc::Status DownloadBundle(Context* /*context*/, const v1::DownloadBundleRequest* /*request*/,
                              grpc::ServerWriter<v1::DownloadBundleResponse>* writer) override {
    v1::DownloadBundleResponse part;
    part.set_chunk(std::string(32 * 1024, 'x'));
    int sent = 0;
    while (sent < pieces && writer->Write(part)) ++sent;
    // A failed write is known at once; context->IsCancelled() may turn true only after it.
    if (sent < pieces) left.Notify();
    return ToGrpcStatus(status);
  }

  absl::Status status;
  int pieces = 2;
  absl::Notification left;  // Somebody stopped reading.
  std::vector<v1::ImportVenuesRequest> parts;
  v1::ImportVenuesResponse answer;
  v1::StartBundleRequest started;
};

struct BulkClientFixture {
  TestBulk service;
  TestServer server{"registry",
                    OpenTo("gateway", "/oshirase.registry.v1.BusinessService/",
                           {"ImportVenues", "StartBundle", "GetBundle", "DownloadBundle"}),
                    {&service}};
  GrpcBulkClient client{server.ChannelAsService("gateway")};
  Credential session{Credential::Kind::kSession, "secret"};
};

TEST_CASE("an import names who asks first, then its rows, and its problems come back by row") {
  BulkClientFixture fixture;
  auto* problem = fixture.service.answer.add_problems();
  problem->set_field("rows[17].measure_ids[2]");
  problem->set_reason("TWICE");
  const auto result = fixture.client.ImportVenues(
      fixture.session, {.request_id = "id", .check_only = true, .rows = {{.name = "a"}, {}}},
      Call());

  REQUIRE(result.ok());
  REQUIRE(fixture.service.parts.size() == 3);
  CHECK(fixture.service.parts[0].head().credential().session_token() == "secret");
  CHECK(fixture.service.parts[0].head().check_only());
  CHECK(fixture.service.parts[1].row().name() == "a");
  REQUIRE(result->problems.size() == 1);
  CHECK(result->problems[0].row == 17);
  CHECK(result->problems[0].field == "measure_ids");
  CHECK(result->problems[0].reason == "TWICE");
  CHECK(result->problems[0].path == "rows[17].measure_ids[2]");

  // A refusal before the rows are read is the refusal, not a broken pipe.
  fixture.service.status = absl::UnauthenticatedError("ended");
  VenueImport many = {.request_id = "id"};
  many.rows.resize(kMaxImportRows);
  CHECK(
      absl::IsUnauthenticated(fixture.client.ImportVenues(fixture.session, many, Call()).status()));
}

TEST_CASE("a bundle is begun, asked after and read piece by piece") {
  BulkClientFixture fixture;
  CHECK(*fixture.client.StartBundle(fixture.session, Document::kPoster, BundleFormat::kZip,
                                    Call()) == "bundle");
  CHECK(fixture.service.started.document() == v1::DOCUMENT_POSTER);
  CHECK(fixture.service.started.format() == v1::BUNDLE_FORMAT_ZIP);
  const auto bundle = fixture.client.GetBundle(fixture.session, "bundle", Call());
  CHECK(bundle->done == 2);
  CHECK(bundle->total == 3);
  CHECK(bundle->format == BundleFormat::kZip);

  auto pieces = fixture.client.ReadBundle(fixture.session, "bundle", Call());
  REQUIRE(pieces.ok());
  CHECK((*pieces)()->size() == 32 * 1024);
  CHECK((*pieces)()->size() == 32 * 1024);
  CHECK((*pieces)()->empty());
  CHECK((*pieces)()->empty());
}

TEST_CASE("a bundle that cannot be read says so before its first piece, or in its midst") {
  BulkClientFixture fixture;
  fixture.service.status =
      ReasonedError(absl::StatusCode::kFailedPrecondition, "BUNDLE_NOT_DONE", "not done");
  auto broken = fixture.client.ReadBundle(fixture.session, "bundle", Call());
  REQUIRE(broken.ok());
  CHECK((*broken)().ok());
  CHECK((*broken)().ok());
  CHECK(absl::IsFailedPrecondition((*broken)().status()));
  fixture.service.pieces = 0;
  CHECK(ReasonOf(fixture.client.ReadBundle(fixture.session, "bundle", Call()).status()) ==
        "BUNDLE_NOT_DONE");
}

TEST_CASE("who stops reading a bundle stops its sending") {
  BulkClientFixture fixture;
  fixture.service.pieces = 1'000'000;
  {
    const auto pieces = fixture.client.ReadBundle(fixture.session, "bundle", Call());
    REQUIRE(pieces.ok());
  }
  CHECK(fixture.service.left.WaitForNotificationWithTimeout(absl::Seconds(20)));
}

class TestCounter : public checkin::v1::CheckinService::Service {
 public:
  grpc::Status CountVenueDays(Context* /*context*/,
                              const checkin::v1::CountVenueDaysRequest* request,
                              checkin::v1::CountVenueDaysResponse* response) override {
    venue_id = request->venue_id();
    auto* day = response->add_days();
    day->set_day(18000);
    day->set_visits_floor(20);
    return ToGrpcStatus(status);
  }

  absl::Status status;
  std::string venue_id;
};

TEST_CASE("a venue's days come as checkin rounds them") {
  TestCounter service;
  TestServer server("checkin",
                    OpenTo("gateway", "/oshirase.checkin.v1.CheckinService/", {"CountVenueDays"}),
                    {&service});
  GrpcVisitCounter client(server.ChannelAsService("gateway"));
  const auto days = client.CountVenueDays("venue", Call());
  REQUIRE(days.ok());
  CHECK(service.venue_id == "venue");
  CHECK(days->front().day == Day{18000});
  CHECK(days->front().visits_floor == 20);
  service.status = absl::UnavailableError("down");
  CHECK(absl::IsUnavailable(client.CountVenueDays("venue", Call()).status()));
}

}  // namespace
}  // namespace oshirase::gateway

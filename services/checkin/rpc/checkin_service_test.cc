#include "services/checkin/rpc/checkin_service.h"

#include <grpcpp/grpcpp.h>

#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "services/checkin/testing/fake_day_index.h"
#include "services/checkin/testing/fake_venue_key_source.h"
#include "services/checkin/testing/fake_visit_cap.h"
#include "services/checkin/testing/fake_visit_store.h"
#include "services/checkin/testing/visits.h"
#include "tests/support/status_matchers.h"

namespace oshirase::checkin {
namespace {

// The service over a real channel. Who may call is shown elsewhere; here everybody may.
struct World {
  World() {
    REQUIRE_OK(store.EnsureDay(TestDay()));
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service);
    server = builder.BuildAndStart();
    stub = v1::CheckinService::NewStub(grpc::CreateChannel("127.0.0.1:" + std::to_string(port),
                                                           grpc::InsecureChannelCredentials()));
  }

  absl::Status Record(const v1::RecordVisitsRequest& request, v1::RecordVisitsResponse* response) {
    grpc::ClientContext context;
    return FromGrpcStatus(stub->RecordVisits(&context, request, response));
  }

  FakeVisitStore store;
  FakeDayIndex index;
  FakeVisitCap cap;
  IndexHealth health;
  FakeVenueKeySource key_source;
  VenueKeys keys{key_source};
  VisitCounter counter{store, index, health};
  Recorder recorder{{store, index, health, keys, TestNow}, {}};
  DayCounts day_counts{store, TestNow, 21};
  CheckinServiceImpl service{{recorder, cap, counter, store, day_counts}};
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<v1::CheckinService::Stub> stub;
};

v1::Visit VisitProto(uint32_t number) {
  const auto visit = TestVisit(number);
  v1::Visit proto;
  proto.set_visit_id(visit.id.data(), visit.id.size());
  proto.set_day(visit.day.value);
  proto.set_hour(visit.hour);
  proto.set_venue_id(ids::FormatUuid(visit.venue));
  proto.set_inner_seal(visit.sealed);
  return proto;
}

TEST_CASE("a visit that breaks the contract is refused and its neighbours are stored") {
  World world;
  v1::RecordVisitsRequest request;
  *request.add_visits() = VisitProto(1);
  request.add_visits()->set_visit_id("short");
  *request.add_visits() = VisitProto(2);
  *request.add_visits() = VisitProto(3);
  request.mutable_visits(3)->set_hour(24);

  v1::RecordVisitsResponse response;
  REQUIRE_OK(world.Record(request, &response));

  REQUIRE(response.outcomes_size() == 4);
  CHECK(response.outcomes(0) == v1::OUTCOME_RECORDED);
  CHECK(response.outcomes(1) == v1::OUTCOME_REFUSED);
  CHECK(response.outcomes(2) == v1::OUTCOME_RECORDED);
  CHECK(response.outcomes(3) == v1::OUTCOME_REFUSED);
}

TEST_CASE("a request of none or of more than 500 visits is invalid") {
  World world;
  v1::RecordVisitsRequest request;
  v1::RecordVisitsResponse response;
  CHECK_CODE(world.Record(request, &response), absl::StatusCode::kInvalidArgument);

  for (uint32_t i = 0; i < 501; ++i) *request.add_visits() = VisitProto(i);
  const auto status = world.Record(request, &response);
  CHECK_CODE(status, absl::StatusCode::kInvalidArgument);
  CHECK(ReasonOf(status) == "REQUEST_INVALID");
}

TEST_CASE("everybody is admitted while the cap's memory is away") {
  World world;
  world.cap.FailNext(absl::UnavailableError("down"));
  v1::AdmitVisitsRequest request;
  auto* admission = request.add_admissions();
  admission->set_day(TestDay().value);
  admission->set_person_tag(std::string(16, 'p'));
  admission->set_event_tag(std::string(16, 'e'));

  grpc::ClientContext context;
  v1::AdmitVisitsResponse response;
  REQUIRE_OK(FromGrpcStatus(world.stub->AdmitVisits(&context, request, &response)));

  REQUIRE(response.admitted_size() == 1);
  CHECK(response.admitted(0));
}

TEST_CASE("a stream holds every visit of the hours asked for, in pages") {
  World world;
  std::vector<Visit> visits;
  for (uint32_t i = 0; i < 4500; ++i) visits.push_back(TestVisit(i));
  visits.push_back(TestVisit(9000, 1, 13));
  REQUIRE_OK(world.store.Insert(visits));
  v1::StreamSealedVisitsRequest request;
  auto* where = request.add_venue_hours();
  where->set_venue_id(ids::FormatUuid(VenueNumber(1)));
  where->set_day(TestDay().value);
  where->set_hours(1U << 12);

  grpc::ClientContext context;
  const auto reader = world.stub->StreamSealedVisits(&context, request);
  v1::StreamSealedVisitsResponse page;
  int count = 0;
  while (reader->Read(&page)) {
    CHECK(page.visits_size() <= 200);
    count += page.visits_size();
  }

  REQUIRE_OK(FromGrpcStatus(reader->Finish()));
  CHECK(count == 4500);
}

TEST_CASE("a business learns roughly how many visits its venue had, day by day") {
  World world;
  std::vector<Visit> visits;
  for (uint32_t i = 0; i < 29; ++i) visits.push_back(TestVisit(i));
  REQUIRE_OK(world.store.Insert(visits));
  v1::CountVenueDaysRequest request;
  request.set_venue_id(ids::FormatUuid(VenueNumber(1)));

  grpc::ClientContext context;
  v1::CountVenueDaysResponse response;
  REQUIRE_OK(FromGrpcStatus(world.stub->CountVenueDays(&context, request, &response)));

  REQUIRE(response.days_size() == 22);
  CHECK(response.days(21).day() == TestDay().value);
  CHECK(response.days(21).visits_floor() == 20);
  grpc::ClientContext again;
  CHECK_CODE(
      FromGrpcStatus(world.stub->CountVenueDays(&again, v1::CountVenueDaysRequest(), &response)),
      absl::StatusCode::kInvalidArgument);
}

TEST_CASE("hours that are none are refused") {
  World world;
  v1::CountVisitsRequest request;
  auto* where = request.add_venue_hours();
  where->set_venue_id(ids::FormatUuid(VenueNumber(1)));
  where->set_hours(1U << 24);

  grpc::ClientContext context;
  v1::CountVisitsResponse response;
  CHECK_CODE(FromGrpcStatus(world.stub->CountVisits(&context, request, &response)),
             absl::StatusCode::kInvalidArgument);
}

TEST_CASE("a store that is away is the caller's UNAVAILABLE") {
  World world;
  world.store.FailNext(absl::UnavailableError("down"));
  v1::CountVisitsRequest request;
  auto* where = request.add_venue_hours();
  where->set_venue_id(ids::FormatUuid(VenueNumber(1)));
  where->set_hours(1);
  request.set_source(v1::COUNT_SOURCE_ROWS);

  grpc::ClientContext context;
  v1::CountVisitsResponse response;
  CHECK_CODE(FromGrpcStatus(world.stub->CountVisits(&context, request, &response)),
             absl::StatusCode::kUnavailable);
}

TEST_CASE("every method has a row in the access policy") {
  CHECK(MethodsWithoutRow(CheckinPolicy(), "oshirase.checkin.").empty());
}

}  // namespace
}  // namespace oshirase::checkin

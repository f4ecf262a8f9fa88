#include "services/gateway/backends/grpc_checkin_client.h"

#include "common/server/testing/test_server.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "services/gateway/testing/rpc_support.h"

namespace oshirase::gateway {
namespace {

class TestCheckin : public checkin::v1::CheckinService::Service {
 public:
  grpc::Status AdmitVisits(grpc::ServerContext* context,
                           const checkin::v1::AdmitVisitsRequest* request,
                           checkin::v1::AdmitVisitsResponse* response) override {
    admit = *request;
    request_id = RequestIdIn(context);
    for (int i = 0; i < request->admissions_size(); ++i) response->add_admitted(i % 2 == 0);
    return ToGrpcStatus(status);
  }
  grpc::Status RecordVisits(grpc::ServerContext* context,
                            const checkin::v1::RecordVisitsRequest* request,
                            checkin::v1::RecordVisitsResponse* response) override {
    record = *request;
    request_id = RequestIdIn(context);
    for (const int outcome : outcomes) {
      response->add_outcomes(static_cast<checkin::v1::Outcome>(outcome));
    }
    return ToGrpcStatus(status);
  }

  absl::Status status;
  std::vector<int> outcomes;
  checkin::v1::AdmitVisitsRequest admit;
  checkin::v1::RecordVisitsRequest record;
  std::string request_id;
};

struct CheckinFixture {
  TestCheckin service;
  TestServer server{
      "checkin",
      OpenTo("gateway", "/oshirase.checkin.v1.CheckinService/", {"AdmitVisits", "RecordVisits"}),
      {&service}};
  GrpcCheckinClient client{server.ChannelAsService("gateway")};
};

TEST_CASE("visits travel with all their fields, and each outcome comes back in its place") {
  CheckinFixture fixture;
  fixture.service.outcomes = {1, 2, 3, 4, 0, 99};
  std::vector<Visit> visits(6);
  visits[0] = {.visit_id = {1, 2}, .day = {18000}, .hour = 23, .venue_id = "v", .inner_seal = "s"};
  const auto answer = fixture.client.RecordVisits(visits, Call());

  using Outcome = RecordOutcome;
  CHECK(*answer == std::vector<Outcome>{Outcome::kRecorded, Outcome::kAlreadyRecorded,
                                        Outcome::kRefused, Outcome::kFailed, Outcome::kFailed,
                                        Outcome::kFailed});
  const auto& sent = fixture.service.record.visits(0);
  CHECK(sent.visit_id() == std::string("\x01\x02", 2) + std::string(14, '\0'));
  CHECK(sent.day() == 18000);
  CHECK(sent.hour() == 23);
  CHECK(sent.venue_id() == "v");
  CHECK(sent.inner_seal() == "s");
  CHECK(fixture.service.request_id == Call().request_id.value);
}

TEST_CASE("admissions travel as tags and come back in their order") {
  CheckinFixture fixture;
  const auto answer =
      fixture.client.AdmitVisits({{.day = {7}, .person_tag = {1}, .event_tag = {2}}, {}}, {});

  CHECK(*answer == std::vector<bool>{true, false});
  const auto& sent = fixture.service.admit.admissions(0);
  CHECK(sent.day() == 7);
  CHECK(sent.person_tag() == "\x01" + std::string(15, '\0'));
  CHECK(sent.event_tag() == "\x02" + std::string(15, '\0'));
}

TEST_CASE("a refusal and an absent server come back as statuses") {
  CheckinFixture fixture;
  fixture.service.status =
      ReasonedError(absl::StatusCode::kResourceExhausted, "OVERLOADED", "too many");
  const auto refused = fixture.client.RecordVisits({{}}, Call()).status();
  CHECK(absl::IsResourceExhausted(refused));
  CHECK(ReasonOf(refused) == "OVERLOADED");

  fixture.server.server().Shutdown(absl::ZeroDuration());
  CallContext soon;
  soon.deadline = absl::Now() + absl::Milliseconds(300);
  const auto absent = fixture.client.RecordVisits({{}}, soon).status();
  CHECK((absl::IsUnavailable(absent) || absl::IsDeadlineExceeded(absent)));
}

}  // namespace
}  // namespace oshirase::gateway

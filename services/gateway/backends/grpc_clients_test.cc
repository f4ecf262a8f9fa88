#include <catch2/catch.hpp>
#include <optional>

#include "absl/synchronization/notification.h"
#include "common/server/testing/test_server.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "services/gateway/backends/field_problems.h"
#include "services/gateway/backends/grpc_checkin_client.h"
#include "services/gateway/backends/grpc_notifier_client.h"
#include "services/gateway/backends/grpc_registry_client.h"

// The three clients over real channels, against services that note what came and answer as told.

namespace oshirase::gateway {
namespace {

AccessPolicy OpenTo(const std::string& service, const std::string& prefix,
                    const std::vector<std::string>& methods) {
  std::vector<AccessRule> rules;
  for (const std::string& method : methods) rules.push_back({prefix + method, {service}, {}});
  return AccessPolicy(rules);
}

CallContext Call() {
  CallContext call;
  call.deadline = absl::Now() + absl::Seconds(10);
  call.request_id = {RequestId::Kind::kVisit, "6ba7b810-9dad-41d1-80b4-00c04fd430c8"};
  return call;
}

std::string RequestIdIn(grpc::ServerContext* context) {
  const auto found = context->client_metadata().find("x-request-id");
  if (found == context->client_metadata().end()) return "";
  return {found->second.data(), found->second.size()};
}

// Waits for the one answer of an asynchronous call.
template <typename T>
class Awaited {
 public:
  std::function<void(T)> Done() {
    return [this](T value) {
      value_ = std::move(value);
      done_.Notify();
    };
  }
  T& Get() {
    REQUIRE(done_.WaitForNotificationWithTimeout(absl::Seconds(20)));
    return *value_;
  }

 private:
  std::optional<T> value_;
  absl::Notification done_;
};

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
  Awaited<absl::StatusOr<std::vector<RecordOutcome>>> answer;
  fixture.client.RecordVisits(visits, Call(), answer.Done());

  using Outcome = RecordOutcome;
  CHECK(*answer.Get() == std::vector<Outcome>{Outcome::kRecorded, Outcome::kAlreadyRecorded,
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
  Awaited<absl::StatusOr<std::vector<bool>>> answer;
  fixture.client.AdmitVisits({{.day = {7}, .person_tag = {1}, .event_tag = {2}}, {}}, {},
                             answer.Done());

  CHECK(*answer.Get() == std::vector<bool>{true, false});
  const auto& sent = fixture.service.admit.admissions(0);
  CHECK(sent.day() == 7);
  CHECK(sent.person_tag() == "\x01" + std::string(15, '\0'));
  CHECK(sent.event_tag() == "\x02" + std::string(15, '\0'));
}

TEST_CASE("a refusal and an absent server come back as statuses") {
  CheckinFixture fixture;
  fixture.service.status =
      ReasonedError(absl::StatusCode::kResourceExhausted, "OVERLOADED", "too many");
  Awaited<absl::StatusOr<std::vector<RecordOutcome>>> refused;
  fixture.client.RecordVisits({{}}, Call(), refused.Done());
  CHECK(absl::IsResourceExhausted(refused.Get().status()));
  CHECK(ReasonOf(refused.Get().status()) == "OVERLOADED");

  fixture.server.server().Shutdown(absl::ZeroDuration());
  Awaited<absl::StatusOr<std::vector<RecordOutcome>>> absent;
  CallContext soon;
  soon.deadline = absl::Now() + absl::Milliseconds(300);
  fixture.client.RecordVisits({{}}, soon, absent.Done());
  CHECK((absl::IsUnavailable(absent.Get().status()) ||
         absl::IsDeadlineExceeded(absent.Get().status())));
}

class TestRegistry : public registry::v1::RegistryService::Service {
 public:
  grpc::Status LookupVenueCode(grpc::ServerContext* /*context*/,
                               const registry::v1::LookupVenueCodeRequest* request,
                               registry::v1::LookupVenueCodeResponse* response) override {
    code = request->venue_code();
    *response->mutable_venue() = venue;
    return ToGrpcStatus(status);
  }
  grpc::Status RegisterVenue(grpc::ServerContext* /*context*/,
                             const registry::v1::RegisterVenueRequest* request,
                             registry::v1::RegisterVenueResponse* response) override {
    registered = *request;
    *response->mutable_venue() = venue;
    return ToGrpcStatus(status);
  }

  absl::Status status;
  registry::v1::Venue venue;
  std::string code;
  registry::v1::RegisterVenueRequest registered;
};

struct RegistryFixture {
  TestRegistry service;
  TestServer server{"registry",
                    OpenTo("gateway", "/oshirase.registry.v1.RegistryService/",
                           {"LookupVenueCode", "RegisterVenue"}),
                    {&service}};
  GrpcRegistryClient client{server.ChannelAsService("gateway")};

  absl::StatusOr<Venue> Lookup() {
    Awaited<absl::StatusOr<Venue>> answer;
    client.LookupVenueCode({"0123456789ABCDEFG"}, Call(), answer.Done());
    return answer.Get();
  }
};

TEST_CASE("a venue comes back with what a check-in needs") {
  RegistryFixture fixture;
  fixture.service.venue.set_venue_id("6ba7b810-9dad-41d1-80b4-00c04fd430c8");
  fixture.service.venue.mutable_details()->set_name("食堂");
  fixture.service.venue.set_state(registry::v1::VENUE_STATE_CLOSED);
  fixture.service.venue.mutable_details()->mutable_event_end_time()->set_seconds(77);

  const auto venue = fixture.Lookup();

  REQUIRE(venue.ok());
  CHECK(fixture.service.code == "0123456789ABCDEFG");
  CHECK(venue->venue_id_bytes[0] == 0x6b);
  CHECK(venue->name == "食堂");
  CHECK(venue->state == Venue::State::kClosed);
  CHECK_FALSE(venue->event_start);
  CHECK(*venue->event_end == absl::FromUnixSeconds(77));
  fixture.service.venue.set_state(static_cast<registry::v1::VenueState>(99));
  CHECK(fixture.Lookup()->state == Venue::State::kSuspended);
}

TEST_CASE("an unknown code is NOT_FOUND, a venue without an id an error") {
  RegistryFixture fixture;
  CHECK_FALSE(fixture.Lookup().ok());
  fixture.service.status = absl::NotFoundError("nobody's");
  CHECK(absl::IsNotFound(fixture.Lookup().status()));
}

TEST_CASE("a registration travels with all its fields") {
  RegistryFixture fixture;
  const ids::VenueCode code = ids::NewVenueCode();
  fixture.service.venue.set_venue_code(code.value);
  const VenueDetails details = {.name = "n",
                                .kana = "k",
                                .kind = "event",
                                .postal_code = "2318588",
                                .address = "a",
                                .phone = "p",
                                .email = "e",
                                .measures = {"x", "y"},
                                .event_start = absl::FromUnixSeconds(1),
                                .event_end = absl::FromUnixSeconds(2),
                                .name_consent = true,
                                .listed = true};
  const auto venue = fixture.client.RegisterVenue("id", details, Call());

  REQUIRE(venue.ok());
  CHECK(venue->code == code);
  const auto& sent = fixture.service.registered;
  CHECK(sent.request_id() == "id");
  CHECK(sent.details().ShortDebugString() ==
        "name: \"n\" kana: \"k\" kind: \"event\" postal_code: \"2318588\" address: \"a\" "
        "phone: \"p\" email: \"e\" measures: \"x\" measures: \"y\" "
        "event_start_time { seconds: 1 } event_end_time { seconds: 2 } "
        "name_consent: true listed: true");
}

TEST_CASE("the fields the registry refuses are told by their names") {
  RegistryFixture fixture;
  fixture.service.status = InvalidFields("VENUE_INVALID", {{"details.postal_code", "is no code"},
                                                           {"details.measures[3]", "is empty"},
                                                           {"details.measures[4]", "is empty"}});
  const auto venue = fixture.client.RegisterVenue("id", {}, Call());

  CHECK(absl::IsInvalidArgument(venue.status()));
  CHECK(FieldProblemsOf(venue.status()) == std::vector<std::string>{"postal_code", "measures"});
}

class TestNotifier : public notifier::v1::NotifierService::Service {
 public:
  grpc::Status GetDayKeys(grpc::ServerContext* /*context*/,
                          const notifier::v1::GetDayKeysRequest* request,
                          notifier::v1::GetDayKeysResponse* response) override {
    for (const int day : request->days()) {
      auto* keys = response->add_keys();
      keys->set_day(day);
      keys->set_inner_key(std::string(key_size, 'i'));
      keys->set_tag_key(std::string(key_size, 't'));
    }
    return grpc::Status::OK;
  }
  grpc::Status RecordFollowChange(grpc::ServerContext* /*context*/,
                                  const notifier::v1::RecordFollowChangeRequest* request,
                                  notifier::v1::RecordFollowChangeResponse* /*response*/) override {
    change = *request;
    return grpc::Status::OK;
  }

  size_t key_size = 32;
  notifier::v1::RecordFollowChangeRequest change;
};

struct NotifierFixture {
  TestNotifier service;
  TestServer server{"notifier",
                    OpenTo("gateway", "/oshirase.notifier.v1.NotifierService/",
                           {"GetDayKeys", "RecordFollowChange"}),
                    {&service}};
  GrpcNotifierClient client{server.ChannelAsService("gateway")};
};

TEST_CASE("day keys arrive for the days asked, and keys of a wrong size are an error") {
  NotifierFixture fixture;
  const auto keys = fixture.client.GetDayKeys({Day{5}, Day{6}}, Call());
  REQUIRE(keys.ok());
  REQUIRE(keys->size() == 2);
  CHECK((*keys)[1].day == Day{6});
  CHECK((*keys)[1].inner_key.bytes()[31] == 'i');
  CHECK((*keys)[1].tag_key.bytes()[0] == 't');

  fixture.service.key_size = 31;
  CHECK_FALSE(fixture.client.GetDayKeys({Day{5}}, Call()).ok());
}

TEST_CASE("a follow change travels with its millisecond") {
  NotifierFixture fixture;
  Awaited<absl::Status> answer;
  fixture.client.RecordFollowChange({.user_id = {.bytes = {1, 2, 3}},
                                     .time = absl::FromUnixMillis(1591005600123),
                                     .following = true},
                                    Call(), answer.Done());

  CHECK(answer.Get().ok());
  CHECK(fixture.service.change.user_id() == std::string("\x01\x02\x03", 3) + std::string(13, '\0'));
  CHECK(fixture.service.change.event_time().seconds() == 1591005600);
  CHECK(fixture.service.change.event_time().nanos() == 123'000'000);
  CHECK(fixture.service.change.following());
}

}  // namespace
}  // namespace oshirase::gateway

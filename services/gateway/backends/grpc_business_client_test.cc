#include "services/gateway/backends/grpc_business_client.h"

#include "common/server/testing/test_server.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "services/gateway/backends/field_problems.h"
#include "services/gateway/testing/rpc_support.h"

namespace oshirase::gateway {
namespace {

namespace v1 = registry::v1;
using Context = grpc::ServerContext;

constexpr char kVenueId[] = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";

class TestBusiness : public v1::BusinessService::Service {
 public:
  grpc::Status StartRegistration(Context* /*context*/, const v1::StartRegistrationRequest* request,
                                 v1::StartRegistrationResponse* response) override {
    started = *request;
    response->mutable_link_expire_time()->set_seconds(77);
    response->set_receipt_number("1234-5678");
    return ToGrpcStatus(status);
  }
  grpc::Status CheckLink(Context* /*context*/, const v1::CheckLinkRequest* request,
                         v1::CheckLinkResponse* response) override {
    token = request->link_token();
    response->set_purpose(v1::LINK_PURPOSE_UPKEEP);
    response->set_state(link_state);
    return ToGrpcStatus(status);
  }
  grpc::Status OpenSession(Context* /*context*/, const v1::OpenSessionRequest* request,
                           v1::OpenSessionResponse* response) override {
    token = request->link_token();
    response->set_session_token("session");
    response->mutable_expire_time()->set_seconds(99);
    response->set_venue_id(kVenueId);
    return ToGrpcStatus(status);
  }
  grpc::Status CloseSession(Context* /*context*/, const v1::CloseSessionRequest* request,
                            v1::CloseSessionResponse* /*response*/) override {
    token = request->session_token();
    return ToGrpcStatus(status);
  }
  grpc::Status RequestUpkeepLink(Context* /*context*/, const v1::RequestUpkeepLinkRequest* request,
                                 v1::RequestUpkeepLinkResponse* /*response*/) override {
    token = request->email();
    return ToGrpcStatus(status);
  }
  grpc::Status GetBusiness(Context* /*context*/, const v1::GetBusinessRequest* request,
                           v1::GetBusinessResponse* response) override {
    credential = request->credential();
    response->mutable_business()->set_business_id(kVenueId);
    response->mutable_business()->set_email("minato@example.jp");
    response->mutable_business()->set_name("みなと商店");
    response->mutable_business()->set_venue_count(3);
    return ToGrpcStatus(status);
  }
  grpc::Status ListOwnVenues(Context* /*context*/, const v1::ListOwnVenuesRequest* request,
                             v1::ListOwnVenuesResponse* response) override {
    credential = request->credential();
    token = request->page_token();
    *response->add_venues() = venue;
    response->set_next_page_token("next");
    return ToGrpcStatus(status);
  }
  grpc::Status GetOwnVenue(Context* /*context*/, const v1::GetOwnVenueRequest* request,
                           v1::GetOwnVenueResponse* response) override {
    credential = request->credential();
    token = request->venue_id();
    *response->mutable_venue() = venue;
    return ToGrpcStatus(status);
  }
  grpc::Status AddVenue(Context* /*context*/, const v1::AddVenueRequest* request,
                        v1::AddVenueResponse* response) override {
    token = request->request_id() + " " + request->details().name();
    *response->mutable_venue() = venue;
    return ToGrpcStatus(status);
  }
  grpc::Status UpdateVenue(Context* /*context*/, const v1::UpdateVenueRequest* request,
                           v1::UpdateVenueResponse* response) override {
    updated = *request;
    *response->mutable_venue() = venue;
    response->set_certificate_issued(true);
    return ToGrpcStatus(status);
  }
  grpc::Status ReplaceOwnVenueCode(Context* /*context*/,
                                   const v1::ReplaceOwnVenueCodeRequest* request,
                                   v1::ReplaceOwnVenueCodeResponse* response) override {
    grace_seconds = request->grace().seconds();
    *response->mutable_venue() = venue;
    return ToGrpcStatus(status);
  }
  grpc::Status SetOwnVenueState(Context* /*context*/, const v1::SetOwnVenueStateRequest* request,
                                v1::SetOwnVenueStateResponse* response) override {
    state = request->state();
    *response->mutable_venue() = venue;
    return ToGrpcStatus(status);
  }
  grpc::Status RenderDocument(Context* /*context*/, const v1::RenderDocumentRequest* request,
                              grpc::ServerWriter<v1::RenderDocumentResponse>* writer) override {
    document = request->document();
    v1::RenderDocumentResponse part;
    part.set_chunk(std::string(32 * 1024, 'x'));
    for (int i = 0; i < parts && writer->Write(part); ++i) continue;
    return ToGrpcStatus(status);
  }

  absl::Status status;
  v1::LinkState link_state = v1::LINK_STATE_GOOD;
  v1::OwnVenue venue;
  v1::UpdateVenueRequest updated;
  v1::VenueState state = v1::VENUE_STATE_UNSPECIFIED;
  int64_t grace_seconds = 0;
  int parts = 0;
  v1::StartRegistrationRequest started;
  v1::Credential credential;
  v1::Document document = v1::DOCUMENT_UNSPECIFIED;
  std::string token;
};

struct BusinessFixture {
  TestBusiness service;
  TestServer server{
      "registry",
      OpenTo("gateway", "/oshirase.registry.v1.BusinessService/",
             {"StartRegistration", "CheckLink", "OpenSession", "CloseSession", "RequestUpkeepLink",
              "GetBusiness", "ListOwnVenues", "GetOwnVenue", "RenderDocument", "AddVenue",
              "UpdateVenue", "ReplaceOwnVenueCode", "SetOwnVenueState"}),
      {&service}};
  GrpcBusinessClient client{server.ChannelAsService("gateway")};
  Credential session{Credential::Kind::kSession, "secret"};
};

TEST_CASE("a registration travels with all its fields") {
  BusinessFixture fixture;
  const VenueDetails details = {.name = "n",
                                .kana = "k",
                                .kind = "event",
                                .postal_code = "2310005",
                                .municipality = "m",
                                .address = "a",
                                .phone = "p",
                                .email = "e",
                                .business_name = "b",
                                .measure_ids = {"x", "y"},
                                .own_measures = {"z"},
                                .event_start = absl::FromUnixSeconds(1),
                                .event_end = absl::FromUnixSeconds(2),
                                .name_consent = true,
                                .listed = true};
  const auto started = fixture.client.StartRegistration("id", details, Call());

  REQUIRE(started.ok());
  CHECK(started->link_expire_time == absl::FromUnixSeconds(77));
  CHECK(started->receipt_number == "1234-5678");
  CHECK(fixture.service.started.request_id() == "id");
  CHECK(fixture.service.started.details().ShortDebugString() ==
        "name: \"n\" kana: \"k\" kind: \"event\" postal_code: \"2310005\" address: \"a\" "
        "phone: \"p\" email: \"e\" own_measures: \"z\" "
        "event_start_time { seconds: 1 } event_end_time { seconds: 2 } "
        "name_consent: true listed: true measure_ids: \"x\" measure_ids: \"y\" "
        "business_name: \"b\" municipality: \"m\"");
}

TEST_CASE("the fields the registry refuses are told by the names they have on pages") {
  BusinessFixture fixture;
  fixture.service.status = InvalidFields("VENUE_INVALID", {{"details.postal_code", "is no code"},
                                                           {"details.own_measures[3]", "is empty"},
                                                           {"details.own_measures[4]", "is empty"},
                                                           {"details.measure_ids[0]", "unknown"}});
  const auto answer = fixture.client.StartRegistration("id", {}, Call());

  CHECK(absl::IsInvalidArgument(answer.status()));
  CHECK(FieldProblemsOf(answer.status()) ==
        std::vector<std::string>{"postal_code", "measures", "measure_ids"});
}

TEST_CASE("links and sessions keep their secrets and their states") {
  BusinessFixture fixture;
  const auto link = fixture.client.CheckLink("token", Call());
  REQUIRE(link.ok());
  CHECK(link->purpose == MailedLink::Purpose::kUpkeep);
  CHECK(link->state == MailedLink::State::kGood);
  fixture.service.link_state = v1::LINK_STATE_USED;
  CHECK(fixture.client.CheckLink("token", Call())->state == MailedLink::State::kUsed);
  fixture.service.link_state = static_cast<v1::LinkState>(99);
  CHECK(fixture.client.CheckLink("token", Call())->state == MailedLink::State::kExpired);

  const auto session = fixture.client.OpenSession("link", Call());
  REQUIRE(session.ok());
  CHECK(fixture.service.token == "link");
  CHECK(session->token == "session");
  CHECK(session->expire_time == absl::FromUnixSeconds(99));
  CHECK(session->venue_id == kVenueId);
  CHECK(fixture.client.CloseSession("session", Call()).ok());
  CHECK(fixture.service.token == "session");
  CHECK(fixture.client.RequestUpkeepLink("a@b.jp", Call()).ok());
  CHECK(fixture.service.token == "a@b.jp");
  fixture.service.status = absl::NotFoundError("nobody's");
  CHECK(absl::IsNotFound(fixture.client.CheckLink("token", Call()).status()));
  CHECK(absl::IsNotFound(fixture.client.OpenSession("link", Call()).status()));
}

TEST_CASE("a venue comes back as its business sees it, and one without a code is an error") {
  BusinessFixture fixture;
  CHECK_FALSE(fixture.client.GetOwnVenue(fixture.session, kVenueId, Call()).ok());

  const ids::VenueCode code = ids::NewVenueCode();
  v1::Venue& proto = *fixture.service.venue.mutable_venue();
  proto.set_venue_id(kVenueId);
  proto.set_venue_code(code.value);
  proto.set_state(v1::VENUE_STATE_CLOSED);
  proto.set_revision(3);
  proto.mutable_details()->set_name("食堂");
  proto.mutable_details()->add_measure_ids("x");
  proto.mutable_details()->mutable_event_end_time()->set_seconds(5);
  fixture.service.venue.mutable_certificate()->set_certificate_number(ids::NewPublicNumber().value);

  const auto venue = fixture.client.GetOwnVenue(fixture.session, kVenueId, Call());
  REQUIRE(venue.ok());
  CHECK(fixture.service.credential.session_token() == "secret");
  CHECK(venue->code == code);
  CHECK(venue->state == OwnVenue::State::kClosed);
  CHECK(venue->revision == 3);
  CHECK(venue->details.name == "食堂");
  CHECK(venue->details.measure_ids == std::vector<std::string>{"x"});
  CHECK(venue->details.event_end == absl::FromUnixSeconds(5));
  CHECK_FALSE(venue->details.event_start);

  const auto page =
      fixture.client.ListOwnVenues({Credential::Kind::kApiKey, "key"}, "page", Call());
  REQUIRE(page.ok());
  CHECK(fixture.service.credential.api_key() == "key");
  CHECK(page->venues.size() == 1);
  CHECK(page->next_page_token == "next");
}

TEST_CASE("a venue is added, changed, given a new code, and closed") {
  BusinessFixture fixture;
  v1::OwnVenue& proto = fixture.service.venue;
  proto.mutable_venue()->set_venue_code(ids::NewVenueCode().value);
  proto.mutable_certificate()->set_certificate_number(ids::NewPublicNumber().value);
  proto.mutable_certificate()->set_version(2);
  proto.mutable_certificate()->set_state(v1::CERTIFICATE_STATE_WITHDRAWN);
  auto* measure = proto.add_measures();
  measure->set_text("換気");
  measure->set_is_new(true);
  proto.mutable_old_code_end_time()->set_seconds(5);
  proto.mutable_inspect_time()->set_seconds(6);

  const auto added = fixture.client.AddVenue(fixture.session, "id", {.name = "n"}, Call());
  REQUIRE(added.ok());
  CHECK(fixture.service.token == "id n");
  CHECK(added->certificate->version == 2);
  CHECK(added->certificate->withdrawn);
  CHECK(added->certificate->measures.front().text == "換気");
  CHECK(added->certificate->measures.front().is_new);
  CHECK(added->old_code_end == absl::FromUnixSeconds(5));
  CHECK(added->inspect_time == absl::FromUnixSeconds(6));

  const auto changed = fixture.client.UpdateVenue(
      fixture.session, {.request_id = "id", .venue_id = "v", .revision = 4}, Call());
  REQUIRE(changed.ok());
  CHECK(changed->certificate_issued);
  CHECK(fixture.service.updated.venue_id() == "v");
  CHECK(fixture.service.updated.revision() == 4);

  CHECK(fixture.client
            .ReplaceCode(fixture.session,
                         {.request_id = "id", .venue_id = "v", .grace = absl::Hours(24)}, Call())
            .ok());
  CHECK(fixture.service.grace_seconds == 86400);
  CHECK(fixture.client.SetVenueOpen(fixture.session, "v", false, Call()).ok());
  CHECK(fixture.service.state == v1::VENUE_STATE_CLOSED);
  CHECK(fixture.client.SetVenueOpen(fixture.session, "v", true, Call()).ok());
  CHECK(fixture.service.state == v1::VENUE_STATE_OPEN);

  proto.clear_certificate();
  CHECK_FALSE(fixture.client.GetOwnVenue(fixture.session, "v", Call())->certificate.has_value());
}

TEST_CASE("a document is put together from its parts, and no endless one is") {
  BusinessFixture fixture;
  fixture.service.parts = 3;
  const auto bytes =
      fixture.client.RenderDocument(fixture.session, kVenueId, Document::kTableTent, Call());
  REQUIRE(bytes.ok());
  CHECK(bytes->size() == 3 * 32 * 1024);
  CHECK(fixture.service.document == v1::DOCUMENT_TABLE_TENT);

  fixture.service.parts = 1000;
  CHECK(absl::IsResourceExhausted(
      fixture.client.RenderDocument(fixture.session, kVenueId, Document::kPoster, Call())
          .status()));
  fixture.service.parts = 1;
  fixture.service.status = absl::UnauthenticatedError("ended");
  CHECK(absl::IsUnauthenticated(
      fixture.client.RenderDocument(fixture.session, kVenueId, Document::kPoster, Call())
          .status()));
}

TEST_CASE("a business is read with an API key") {
  BusinessFixture fixture;
  const auto business = fixture.client.GetBusiness({Credential::Kind::kApiKey, "key"}, Call());
  REQUIRE(business.ok());
  CHECK(fixture.service.credential.api_key() == "key");
  CHECK(business->business_id == kVenueId);
  CHECK(business->email == "minato@example.jp");
  CHECK(business->name == "みなと商店");
  CHECK(business->venue_count == 3);
}

TEST_CASE("a field's path in a call is a pointer in what a program sent") {
  CHECK(PointerOf("details.name") == "#/name");
  CHECK(PointerOf("details.own_measures[2]") == "#/own_measures/2");
  CHECK(PointerOf("details.measures") == "#/measure_ids");
  CHECK(PointerOf("rows[3].measure_ids[0]") == "#/3/measure_ids/0");
}

}  // namespace
}  // namespace oshirase::gateway

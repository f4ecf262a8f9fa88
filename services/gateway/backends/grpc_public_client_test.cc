#include "services/gateway/backends/grpc_public_client.h"

#include "common/server/testing/test_server.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "services/gateway/backends/field_problems.h"
#include "services/gateway/testing/rpc_support.h"

namespace oshirase::gateway {
namespace {

namespace v1 = registry::v1;
using Context = grpc::ServerContext;

class TestPublic : public v1::PublicService::Service {
 public:
  grpc::Status GetCertificate(Context* /*context*/, const v1::GetCertificateRequest* request,
                              v1::GetCertificateResponse* response) override {
    text = request->certificate_number();
    *response = certificate;
    return ToGrpcStatus(status);
  }
  grpc::Status SearchListedVenues(Context* /*context*/,
                                  const v1::SearchListedVenuesRequest* request,
                                  v1::SearchListedVenuesResponse* response) override {
    text = request->ShortDebugString();
    *response->add_venues() = venue;
    response->set_next_page_token("next");
    response->set_match_count(21);
    return ToGrpcStatus(status);
  }
  grpc::Status StreamListedVenues(
      Context* /*context*/, const v1::StreamListedVenuesRequest* /*request*/,
      grpc::ServerWriter<v1::StreamListedVenuesResponse>* writer) override {
    v1::StreamListedVenuesResponse batch;
    writer->Write(batch);
    *batch.add_venues() = venue;
    *batch.add_venues() = venue;
    writer->Write(batch);
    return ToGrpcStatus(status);
  }
  grpc::Status SubmitEnquiry(Context* /*context*/, const v1::SubmitEnquiryRequest* request,
                             v1::SubmitEnquiryResponse* response) override {
    text = request->ShortDebugString();
    response->set_enquiry_number("E");
    return ToGrpcStatus(status);
  }
  grpc::Status SubmitReport(Context* /*context*/, const v1::SubmitReportRequest* request,
                            v1::SubmitReportResponse* response) override {
    text = request->ShortDebugString();
    response->set_report_number("R");
    return ToGrpcStatus(status);
  }

  absl::Status status;
  v1::GetCertificateResponse certificate;
  v1::ListedVenue venue;
  std::string text;
};

struct PublicFixture {
  TestPublic service;
  TestServer server{"registry",
                    OpenTo("gateway", "/oshirase.registry.v1.PublicService/",
                           {"GetCertificate", "SearchListedVenues", "StreamListedVenues",
                            "SubmitEnquiry", "SubmitReport"}),
                    {&service}};
  GrpcPublicClient client{server.ChannelAsService("gateway")};
  ids::PublicNumber number = ids::NewPublicNumber();
};

TEST_CASE("a certificate comes with its measures, its states and what took its place") {
  PublicFixture fixture;
  const ids::PublicNumber current = ids::NewPublicNumber();
  v1::GetCertificateResponse& proto = fixture.service.certificate;
  proto.mutable_certificate()->set_certificate_number(fixture.number.value);
  proto.mutable_certificate()->set_version(2);
  proto.mutable_certificate()->mutable_issue_time()->set_seconds(7);
  proto.mutable_certificate()->set_state(v1::CERTIFICATE_STATE_SUPERSEDED);
  proto.set_venue_name("食堂");
  proto.set_kind("restaurant");
  proto.set_venue_state(v1::VENUE_STATE_CLOSED);
  proto.set_current_certificate_number(current.value);
  proto.mutable_inspect_time()->set_seconds(9);
  v1::DeclaredMeasure& measure = *proto.add_measures();
  measure.set_group("masks");
  measure.set_measure_id("m");
  measure.set_text("t");
  measure.set_is_new(true);

  const auto found = fixture.client.GetCertificate(fixture.number, Call());
  REQUIRE(found.ok());
  CHECK(fixture.service.text == fixture.number.value);
  CHECK(found->number == fixture.number);
  CHECK(found->version == 2);
  CHECK(found->issue_time == absl::FromUnixSeconds(7));
  CHECK(found->state == PublishedCertificate::State::kSuperseded);
  CHECK(found->venue_state == PublishedCertificate::VenueState::kClosed);
  CHECK(found->current_number == current);
  CHECK(found->inspect_time == absl::FromUnixSeconds(9));
  REQUIRE(found->measures.size() == 1);
  CHECK(found->measures[0].group == "masks");
  CHECK(found->measures[0].is_new);
}

TEST_CASE("a state not known here does not hold, and a certificate without a number is an error") {
  PublicFixture fixture;
  CHECK_FALSE(fixture.client.GetCertificate(fixture.number, Call()).ok());

  v1::GetCertificateResponse& proto = fixture.service.certificate;
  proto.mutable_certificate()->set_certificate_number(fixture.number.value);
  proto.mutable_certificate()->set_state(static_cast<v1::CertificateState>(99));
  proto.set_venue_state(static_cast<v1::VenueState>(99));
  const auto found = fixture.client.GetCertificate(fixture.number, Call());
  REQUIRE(found.ok());
  CHECK(found->state == PublishedCertificate::State::kWithdrawn);
  CHECK(found->venue_state == PublishedCertificate::VenueState::kSuspended);
  CHECK_FALSE(found->current_number);
  CHECK_FALSE(found->inspect_time);
}

TEST_CASE("a search travels with its filter, and its page comes back") {
  PublicFixture fixture;
  fixture.service.venue.set_name("食堂");
  fixture.service.venue.set_certificate_number(fixture.number.value);
  fixture.service.venue.mutable_event_start_time()->set_seconds(3);
  const auto page = fixture.client.SearchListedVenues({"x y", "bar", "token"}, Call());

  REQUIRE(page.ok());
  CHECK(fixture.service.text == "text: \"x y\" kind: \"bar\" page_token: \"token\"");
  CHECK(page->next_page_token == "next");
  CHECK(page->match_count == 21);
  REQUIRE(page->venues.size() == 1);
  CHECK(page->venues[0].name == "食堂");
  CHECK(page->venues[0].event_start == absl::FromUnixSeconds(3));
  CHECK_FALSE(page->venues[0].event_end);
}

TEST_CASE("all venues are read to the end, past an empty batch, and an early end is told") {
  PublicFixture fixture;
  fixture.service.venue.set_certificate_number(fixture.number.value);
  const auto reader = fixture.client.ReadListedVenues(Call());
  REQUIRE(reader->Next().value().size() == 2);
  CHECK(reader->Next().value().empty());
  CHECK(reader->Next().value().empty());

  fixture.service.status = absl::UnavailableError("gone");
  const auto broken = fixture.client.ReadListedVenues(Call());
  CHECK(broken->Next().ok());
  CHECK(absl::IsUnavailable(broken->Next().status()));
  // Not read to its end.
  CHECK(fixture.client.ReadListedVenues(Call())->Next().ok());
}

TEST_CASE("letters travel whole, and what the registry refuses is told by field") {
  PublicFixture fixture;
  CHECK(fixture.client.SubmitEnquiry({"id", "e", "n", "s", "t"}, Call()).value() == "E");
  CHECK(fixture.service.text ==
        "request_id: \"id\" email: \"e\" name: \"n\" subject: \"s\" text: \"t\"");
  const Report report = {"id", Report::Subject::kTamperedQr, "c", "p", "t", "e"};
  CHECK(fixture.client.SubmitReport(report, Call()).value() == "R");
  CHECK(fixture.service.text ==
        "request_id: \"id\" subject: REPORT_SUBJECT_TAMPERED_QR certificate_number: \"c\" "
        "place: \"p\" text: \"t\" email: \"e\"");

  fixture.service.status = InvalidFields("REPORT_INVALID", {{"place", "is empty"}});
  const auto refused = fixture.client.SubmitReport(report, Call());
  CHECK(FieldProblemsOf(refused.status()) == std::vector<std::string>{"place"});
}

}  // namespace
}  // namespace oshirase::gateway

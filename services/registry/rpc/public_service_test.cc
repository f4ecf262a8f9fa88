#include "services/registry/rpc/public_service.h"

#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/status/errors.h"
#include "services/registry/rpc/convert.h"
#include "services/registry/testing/desk_over_wire.h"
#include "services/registry/testing/registry_over_wire.h"

namespace oshirase::registry {
namespace {

using Violations = std::vector<std::string>;

absl::StatusOr<v1::GetCertificateResponse> Certificate(DeskOverWire& wire,
                                                       const std::string& number) {
  v1::GetCertificateRequest request;
  request.set_certificate_number(number);
  v1::GetCertificateResponse response;
  const auto status = CallOn(*wire.As("gateway"), &PublicStub::GetCertificate, request, &response);
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::SearchListedVenuesResponse> Search(DeskOverWire& wire,
                                                      const v1::SearchListedVenuesRequest& search) {
  v1::SearchListedVenuesResponse response;
  const auto status =
      CallOn(*wire.As("gateway"), &PublicStub::SearchListedVenues, search, &response);
  if (!status.ok()) return status;
  return response;
}

v1::SearchListedVenuesRequest SearchOf(const std::string& text, int32_t page_size = 0) {
  v1::SearchListedVenuesRequest search;
  search.set_text(text);
  search.set_page_size(page_size);
  return search;
}

absl::StatusOr<std::string> Submit(DeskOverWire& wire, const v1::SubmitEnquiryRequest& request) {
  v1::SubmitEnquiryResponse response;
  const auto status = CallOn(*wire.As("gateway"), &PublicStub::SubmitEnquiry, request, &response);
  if (!status.ok()) return status;
  return response.enquiry_number();
}

absl::StatusOr<std::string> Submit(DeskOverWire& wire, const v1::SubmitReportRequest& request) {
  v1::SubmitReportResponse response;
  const auto status = CallOn(*wire.As("gateway"), &PublicStub::SubmitReport, request, &response);
  if (!status.ok()) return status;
  return response.report_number();
}

TEST_CASE("a certificate is read by its number, however that is typed") {
  DeskOverWire wire;
  const std::string number = wire.AddListed("喫茶ポエム");

  const auto read = Certificate(wire, " " + ids::FormatPublicNumber({number}) + "　");

  REQUIRE(read.ok());
  CHECK(read->certificate().certificate_number() == number);
  CHECK(read->certificate().state() == v1::CERTIFICATE_STATE_CURRENT);
  CHECK(read->venue_name() == "喫茶ポエム");
  CHECK(read->kind() == "restaurant");
  REQUIRE(read->measures_size() == 3);
  CHECK(read->measures(0).text() == "従業員はマスクを着けます");
  CHECK(read->venue_state() == v1::VENUE_STATE_OPEN);
  CHECK(read->address() == "横浜市中区日本大通1");
  CHECK(read->current_certificate_number().empty());
  CHECK_FALSE(read->has_inspect_time());
}

TEST_CASE("the address of a venue that did not agree to be listed is told to nobody") {
  DeskOverWire wire;
  const auto addition = ExampleAddition(ExampleVenue(wire.scene.now));
  REQUIRE(wire.scene.venues.Insert(addition).ok());

  const auto read = Certificate(wire, addition.certificate.number);

  REQUIRE(read.ok());
  CHECK(read->address().empty());
  CHECK(read->DebugString().find("日本大通") == std::string::npos);
}

TEST_CASE("a superseded certificate names the one that holds") {
  DeskOverWire wire;
  const Holder holder = wire.scene.Register();
  const auto before = wire.scene.keeper.Get(holder, wire.scene.venue_id);
  auto details = before->venue.details;
  details.name = "喫茶ポエム本店";
  REQUIRE(wire.scene.keeper
              .Update(holder,
                      {.request_id = ids::NewUuid(),
                       .venue_id = wire.scene.venue_id,
                       .revision = 1,
                       .details = details},
                      wire.scene.violations)
              .ok());

  const auto read = Certificate(wire, before->certificate->number);

  REQUIRE(read.ok());
  CHECK(read->certificate().state() == v1::CERTIFICATE_STATE_SUPERSEDED);
  CHECK(read->venue_name() == "喫茶ポエム");
  CHECK(read->current_certificate_number() ==
        wire.scene.shared.CertificatesOf(wire.scene.venue_id).back().number);
}

TEST_CASE("what is no number and a number of nothing are told apart") {
  DeskOverWire wire;
  const std::string number = wire.AddListed("喫茶ポエム");
  std::string mistyped = number;
  mistyped[0] = mistyped[0] == 'A' ? 'B' : 'A';

  CHECK(ReasonOf(Certificate(wire, mistyped).status()) == "CERTIFICATE_NUMBER_MISTYPED");
  CHECK(ReasonOf(Certificate(wire, "").status()) == "CERTIFICATE_NUMBER_MISTYPED");
  CHECK(ReasonOf(Certificate(wire, number + std::string(300, ' ')).status()) ==
        "CERTIFICATE_NUMBER_MISTYPED");
  const auto of_nothing = Certificate(wire, ids::NewPublicNumber().value).status();
  CHECK(absl::IsNotFound(of_nothing));
  CHECK(ReasonOf(of_nothing) == "CERTIFICATE_NOT_FOUND");
}

TEST_CASE("listed venues are found a page at a time") {
  DeskOverWire wire;
  for (const auto* name : {"いろは食堂", "はな食堂", "ろまん食堂"}) wire.AddListed(name);

  const auto first = Search(wire, SearchOf("食堂", 2));
  REQUIRE(first.ok());
  CHECK(first->match_count() == 3);
  REQUIRE(first->venues_size() == 2);
  CHECK(first->venues(0).name() == "いろは食堂");
  CHECK(first->venues(0).municipality() == "横浜市中区");
  CHECK(FromProto(first->venues(0).issue_time()) == wire.scene.now);
  auto next = SearchOf("食堂", 2);
  next.set_page_token(first->next_page_token());
  const auto second = Search(wire, next);
  REQUIRE(second.ok());
  REQUIRE(second->venues_size() == 1);
  CHECK(second->venues(0).name() == "ろまん食堂");
  CHECK(second->next_page_token().empty());
  // The same words, spelled differently, are the same search.
  next.set_text("　食堂 ");
  CHECK(Search(wire, next).ok());
}

TEST_CASE("a page token of another search is refused") {
  DeskOverWire wire;
  for (const auto* name : {"いろは食堂", "はな食堂"}) wire.AddListed(name);
  const auto token = Search(wire, SearchOf("食堂", 1))->next_page_token();
  auto other = SearchOf("はな", 1);
  other.set_page_token(token);
  auto of_kind = SearchOf("食堂", 1);
  of_kind.set_page_token(token);
  of_kind.set_kind("cinema");
  auto made_up = SearchOf("食堂", 1);
  made_up.set_page_token("20");

  for (const auto& search : {other, of_kind, made_up}) {
    const auto status = Search(wire, search).status();
    CHECK(absl::IsInvalidArgument(status));
    CHECK(ReasonOf(status) == "PAGE_TOKEN_INVALID");
  }
}

TEST_CASE("all are found without a text, none by signs alone, and nonsense is refused") {
  DeskOverWire wire;
  wire.AddListed("いろは食堂");

  CHECK(Search(wire, SearchOf(" 　"))->match_count() == 1);
  CHECK(Search(wire, SearchOf("…！"))->match_count() == 0);
  CHECK(ViolationsOf(Search(wire, SearchOf(std::string(101, 'a'), -1)).status()) ==
        Violations{"page_size OUT_OF_RANGE", "text TOO_LONG"});
  CHECK(ViolationsOf(Search(wire, SearchOf("a\nb")).status()) ==
        Violations{"text CONTROL_CHARACTER"});
}

TEST_CASE("the open data comes fifty venues at a time") {
  DeskOverWire wire;
  for (int i = 0; i < 60; ++i) wire.AddListed(std::to_string(i));
  const auto gateway = wire.As("gateway");
  grpc::ClientContext context;
  const auto reader = gateway->StreamListedVenues(&context, {});
  std::vector<int> sizes;
  v1::StreamListedVenuesResponse response;
  while (reader->Read(&response)) sizes.push_back(response.venues_size());

  CHECK(reader->Finish().ok());
  CHECK(sizes == std::vector<int>{50, 10});
}

TEST_CASE("an enquiry is kept and acknowledged once, without a word that was typed") {
  DeskOverWire wire;
  const auto request = ExampleEnquiryProto();

  const auto number = Submit(wire, request);
  const auto again = Submit(wire, request);

  REQUIRE(number.ok());
  CHECK(ids::ParsePublicNumber(*number).ok());
  CHECK(*again == *number);
  const auto mails = wire.scene.shared.QueuedMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].to == "poem@example.com");
  const auto& content = std::get<EnquiryReceivedMail>(mails[0].content);
  CHECK(content.enquiry_number == *number);
  CHECK(content.receive_time == wire.scene.now);
  const auto kept = wire.letters.Find(*number);
  CHECK((*kept)->text == "印刷できません。\nどうすればよいですか。");
  CHECK((*kept)->subject == "QRコードについて");
}

TEST_CASE("every wrong field of an enquiry is a violation") {
  DeskOverWire wire;
  v1::SubmitEnquiryRequest request;
  CHECK(ViolationsOf(Submit(wire, request).status()) == Violations{"request_id REQUIRED"});
  request.set_request_id(ids::NewUuid());
  request.set_email("poem@example");
  request.set_name("二\n行");
  request.set_subject(std::string(101, 'a'));
  request.set_text(" \r\n　");

  const auto status = Submit(wire, request).status();

  CHECK(absl::IsInvalidArgument(status));
  CHECK(ReasonOf(status) == "ENQUIRY_INVALID");
  CHECK(ViolationsOf(status) == Violations{"email BAD_EMAIL", "name CONTROL_CHARACTER",
                                           "subject TOO_LONG", "text REQUIRED"});
  request = ExampleEnquiryProto();
  request.set_email("poem@example.123");
  request.set_text(std::string(2001, 'a'));
  CHECK(ViolationsOf(Submit(wire, request).status()) ==
        Violations{"email BAD_EMAIL", "text TOO_LONG"});
  request = ExampleEnquiryProto();
  request.set_text(std::string("a\x07"));
  CHECK(ViolationsOf(Submit(wire, request).status()) == Violations{"text CONTROL_CHARACTER"});
  CHECK(wire.scene.shared.QueuedMails().empty());
}

TEST_CASE("one mailbox is acknowledged five times an hour and no more") {
  DeskOverWire wire;
  for (int i = 0; i < 5; ++i) wire.SubmitEnquiry();

  const auto status = Submit(wire, ExampleEnquiryProto()).status();
  CHECK(absl::IsResourceExhausted(status));
  CHECK(ReasonOf(status) == "TOO_MANY_MAILS");
  wire.scene.now += absl::Hours(1);
  CHECK(Submit(wire, ExampleEnquiryProto()).ok());
}

TEST_CASE("a report is kept and mails nobody") {
  DeskOverWire wire;
  const auto request = ExampleReportProto();

  const auto number = Submit(wire, request);

  REQUIRE(number.ok());
  CHECK(*Submit(wire, request) == *number);
  const auto kept = wire.letters.Find(*number);
  CHECK((*kept)->report_subject == ReportSubject::kTamperedQr);
  CHECK((*kept)->place == "駅前の喫茶店");
  CHECK(wire.scene.shared.QueuedMails().empty());
  auto as_enquiry = ExampleEnquiryProto();
  as_enquiry.set_request_id(request.request_id());
  CHECK(ReasonOf(Submit(wire, as_enquiry).status()) == "REQUEST_ID_REUSED");
}

TEST_CASE("every wrong field of a report is a violation, and a place or a number is enough") {
  DeskOverWire wire;
  v1::SubmitReportRequest request;
  request.set_request_id(ids::NewUuid());
  request.set_email("nobody");

  const auto status = Submit(wire, request).status();

  CHECK(ReasonOf(status) == "REPORT_INVALID");
  CHECK(ViolationsOf(status) ==
        Violations{"subject REQUIRED", "place REQUIRED", "email BAD_EMAIL", "text REQUIRED"});
  request = ExampleReportProto();
  request.set_place("");
  request.set_certificate_number("どこにもない番号");
  CHECK(Submit(wire, request).ok());
  request = ExampleReportProto();
  request.set_place(std::string(201, 'a'));
  request.set_certificate_number(std::string(65, '1'));
  CHECK(ViolationsOf(Submit(wire, request).status()) ==
        Violations{"certificate_number TOO_LONG", "place TOO_LONG"});
}

TEST_CASE("a store that cannot be reached is told as it is") {
  DeskOverWire wire;
  const auto gone = absl::UnavailableError("the database is gone");
  wire.published.FailNext(gone);
  CHECK(absl::IsUnavailable(Certificate(wire, ids::NewPublicNumber().value).status()));
  wire.published.FailNext(gone);
  CHECK(absl::IsUnavailable(Search(wire, SearchOf("")).status()));
  wire.letters.FailNext(gone);
  CHECK(absl::IsUnavailable(Submit(wire, ExampleEnquiryProto()).status()));
  wire.letters.FailNext(gone);
  CHECK(absl::IsUnavailable(Submit(wire, ExampleReportProto()).status()));
  wire.published.FailNext(gone);
  const auto gateway = wire.As("gateway");
  grpc::ClientContext context;
  const auto reader = gateway->StreamListedVenues(&context, {});
  v1::StreamListedVenuesResponse response;
  CHECK_FALSE(reader->Read(&response));
  CHECK(absl::IsUnavailable(FromGrpcStatus(reader->Finish())));
}

TEST_CASE("nobody but the gateway asks on everybody's behalf") {
  DeskOverWire wire;
  v1::SubmitEnquiryResponse response;
  CHECK(absl::IsPermissionDenied(
      CallOn(*wire.As("notifier"), &PublicStub::SubmitEnquiry, ExampleEnquiryProto(), &response)));
}

}  // namespace
}  // namespace oshirase::registry

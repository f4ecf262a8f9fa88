// PublicService about letters.
#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/status/errors.h"
#include "services/registry/testing/desk_over_wire.h"
#include "services/registry/testing/registry_over_wire.h"

namespace oshirase::registry {
namespace {

using Violations = std::vector<std::string>;

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

TEST_CASE("a letter box that cannot be reached is told, and nobody is mailed") {
  DeskOverWire wire;
  const auto gone = absl::UnavailableError("the database is gone");
  wire.letters.FailNext(gone);
  CHECK(absl::IsUnavailable(Submit(wire, ExampleEnquiryProto()).status()));
  wire.letters.FailNext(gone);
  CHECK(absl::IsUnavailable(Submit(wire, ExampleReportProto()).status()));
  CHECK(wire.scene.shared.QueuedMails().empty());
}

TEST_CASE("nobody but the gateway asks on everybody's behalf") {
  DeskOverWire wire;
  v1::SubmitEnquiryResponse response;
  CHECK(absl::IsPermissionDenied(
      CallOn(*wire.As("notifier"), &PublicStub::SubmitEnquiry, ExampleEnquiryProto(), &response)));
}

}  // namespace
}  // namespace oshirase::registry

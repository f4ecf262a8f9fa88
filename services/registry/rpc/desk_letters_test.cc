// DeskService about letters.
#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/status/errors.h"
#include "services/registry/rpc/convert.h"
#include "services/registry/testing/desk_over_wire.h"
#include "services/registry/testing/registry_over_wire.h"

namespace oshirase::registry {
namespace {

using Violations = std::vector<std::string>;

absl::StatusOr<v1::ListLettersResponse> List(DeskOverWire& wire,
                                             const v1::ListLettersRequest& request) {
  v1::ListLettersResponse response;
  const auto status = CallOn(*wire.AsOfficer(), &DeskStub::ListLetters, request, &response);
  if (!status.ok()) return status;
  return response;
}

v1::ListLettersRequest Enquiries(int32_t page_size = 0) {
  v1::ListLettersRequest request;
  request.set_kind(v1::LETTER_KIND_ENQUIRY);
  request.set_page_size(page_size);
  return request;
}

absl::StatusOr<v1::Letter> Close(DeskOverWire& wire, const std::string& number,
                                 const std::string& answer, const std::string& officer = "desk-a") {
  v1::CloseLetterRequest request;
  request.set_letter_number(number);
  request.set_answer(answer);
  v1::CloseLetterResponse response;
  const auto status = CallOn(*wire.AsOfficer(officer), &DeskStub::CloseLetter, request, &response);
  if (!status.ok()) return status;
  return response.letter();
}

TEST_CASE("the desk reads the enquiries and reports that came") {
  DeskOverWire wire;
  const std::string number = wire.SubmitEnquiry();
  v1::SubmitReportResponse reported;
  REQUIRE(
      CallOn(*wire.As("gateway"), &PublicStub::SubmitReport, ExampleReportProto(), &reported).ok());

  const auto enquiries = List(wire, Enquiries());

  REQUIRE(enquiries.ok());
  REQUIRE(enquiries->letters_size() == 1);
  const v1::Letter& enquiry = enquiries->letters(0);
  CHECK(enquiry.letter_number() == number);
  CHECK(enquiry.kind() == v1::LETTER_KIND_ENQUIRY);
  CHECK(FromProto(enquiry.create_time()) == wire.scene.now);
  CHECK(enquiry.email() == "poem@example.com");
  CHECK(enquiry.name() == "詩織");
  CHECK(enquiry.subject() == "QRコードについて");
  CHECK(enquiry.text() == "印刷できません。\nどうすればよいですか。");
  CHECK_FALSE(enquiry.has_close_time());
  auto request = Enquiries();
  request.set_kind(v1::LETTER_KIND_REPORT);
  const auto reports = List(wire, request);
  REQUIRE(reports->letters_size() == 1);
  CHECK(reports->letters(0).letter_number() == reported.report_number());
  CHECK(reports->letters(0).report_subject() == v1::REPORT_SUBJECT_TAMPERED_QR);
  CHECK(reports->letters(0).place() == "駅前の喫茶店");
}

TEST_CASE("letters come a page at a time, and a token of another list is refused") {
  DeskOverWire wire;
  std::vector<std::string> numbers;
  for (int i = 0; i < 3; ++i) {
    numbers.push_back(wire.SubmitEnquiry());
    wire.scene.now += absl::Minutes(1);
  }

  const auto first = List(wire, Enquiries(2));
  REQUIRE(first->letters_size() == 2);
  CHECK(first->letters(0).letter_number() == numbers[0]);
  auto next = Enquiries(2);
  next.set_page_token(first->next_page_token());
  const auto second = List(wire, next);
  REQUIRE(second->letters_size() == 1);
  CHECK(second->letters(0).letter_number() == numbers[2]);
  CHECK(second->next_page_token().empty());
  next.set_kind(v1::LETTER_KIND_REPORT);
  CHECK(ReasonOf(List(wire, next).status()) == "PAGE_TOKEN_INVALID");
  next = Enquiries();
  next.set_page_token("enquiry.closed.1." + numbers[0]);
  CHECK(ReasonOf(List(wire, next).status()) == "PAGE_TOKEN_INVALID");
  CHECK(ViolationsOf(List(wire, v1::ListLettersRequest()).status()) == Violations{"kind REQUIRED"});
  CHECK(ViolationsOf(List(wire, Enquiries(11)).status()) == Violations{"page_size OUT_OF_RANGE"});
}

TEST_CASE("an enquiry is answered by mail, once") {
  DeskOverWire wire;
  const std::string number = wire.SubmitEnquiry();
  wire.scene.now += absl::Hours(3);

  const auto closed =
      Close(wire, ids::FormatPublicNumber({number}), " 二枚目に\r\nあります。\n", "desk-a");

  REQUIRE(closed.ok());
  CHECK(FromProto(closed->close_time()) == wire.scene.now);
  CHECK(closed->closed_by() == "officer/desk-a");
  CHECK(closed->answer() == "二枚目に\nあります。");
  CHECK(Close(wire, number, "二枚目に\nあります。", "desk-b")->closed_by() == "officer/desk-a");
  const auto answers = wire.scene.MailsOf<EnquiryAnsweredMail>();
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].enquiry_number == number);
  CHECK(answers[0].answer == "二枚目に\nあります。");
  CHECK(wire.scene.shared.QueuedMails().back().to == "poem@example.com");
  const auto other = Close(wire, number, "別の答え").status();
  CHECK(absl::IsFailedPrecondition(other));
  CHECK(ReasonOf(other) == "LETTER_CLOSED");
  CHECK(List(wire, Enquiries())->letters_size() == 0);
  auto all = Enquiries();
  all.set_include_closed(true);
  CHECK(List(wire, all)->letters_size() == 1);
}

TEST_CASE("what was done about a report is noted and mailed to nobody") {
  DeskOverWire wire;
  auto report = ExampleReportProto();
  report.set_email("witness@example.com");
  v1::SubmitReportResponse reported;
  REQUIRE(CallOn(*wire.As("gateway"), &PublicStub::SubmitReport, report, &reported).ok());

  REQUIRE(Close(wire, reported.report_number(), "店に行き、剥がした。").ok());

  CHECK(wire.scene.shared.QueuedMails().empty());
}

TEST_CASE("a letter of nobody and an answer that cannot be mailed are refused") {
  DeskOverWire wire;
  const std::string number = wire.SubmitEnquiry();

  for (const auto& unknown : {ids::NewPublicNumber().value, std::string("何か"), std::string()}) {
    const auto status = Close(wire, unknown, "答え").status();
    CHECK(absl::IsNotFound(status));
    CHECK(ReasonOf(status) == "LETTER_NOT_FOUND");
  }
  CHECK(ViolationsOf(Close(wire, number, " \n").status()) == Violations{"answer REQUIRED"});
  CHECK(ViolationsOf(Close(wire, number, std::string(2001, 'a')).status()) ==
        Violations{"answer TOO_LONG"});
  // Few characters, but more bytes than a mail's text may have.
  std::string family;
  for (int i = 0; i < 1900; ++i) family += "👨‍👩‍👧‍👦";
  CHECK(ViolationsOf(Close(wire, number, family).status()) == Violations{"answer TOO_LONG"});
}

TEST_CASE("every look at letters and every answer is audited, without a word of a letter") {
  DeskOverWire wire;
  const std::string number = wire.SubmitEnquiry();
  REQUIRE(List(wire, Enquiries()).ok());
  REQUIRE(Close(wire, number, "お答えします。").ok());

  const auto notes = wire.scene.audit.notes();
  REQUIRE(notes.size() == 2);
  CHECK(notes[0] == AuditNote{.actor = "officer/desk-a",
                              .action = "letters.listed",
                              .subject = "",
                              .facts = {{"kind", std::string("enquiry")},
                                        {"include_closed", false},
                                        {"shown", std::vector<std::string>{number}}}});
  CHECK(notes[1] == AuditNote{.actor = "officer/desk-a",
                              .action = "letter.closed",
                              .subject = number,
                              .facts = {{"kind", std::string("enquiry")}}});
}

TEST_CASE("a letter box that cannot be reached is told, and nothing is mailed") {
  DeskOverWire wire;
  const std::string number = wire.SubmitEnquiry();
  const auto gone = absl::UnavailableError("the database is gone");
  wire.letters.FailNext(gone);
  CHECK(absl::IsUnavailable(List(wire, Enquiries()).status()));
  wire.letters.FailNext(gone);
  CHECK(absl::IsUnavailable(Close(wire, number, "答え").status()));
  wire.letters.FailNext(absl::OkStatus());  // finding it succeeds
  wire.letters.FailNext(gone);
  CHECK(absl::IsUnavailable(Close(wire, number, "答え").status()));
  CHECK(wire.scene.MailsOf<EnquiryAnsweredMail>().empty());
}

}  // namespace
}  // namespace oshirase::registry

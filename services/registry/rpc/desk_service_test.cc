#include "services/registry/rpc/desk_service.h"

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

v1::IssueApiKeyRequest KeyRequest(const std::string& email = "poem@example.com") {
  v1::IssueApiKeyRequest request;
  request.set_request_id(ids::NewUuid());
  request.set_email(email);
  request.set_label("予約システム");
  return request;
}

absl::StatusOr<v1::IssueApiKeyResponse> Issue(DeskOverWire& wire,
                                              const v1::IssueApiKeyRequest& request) {
  v1::IssueApiKeyResponse response;
  const auto status = CallOn(*wire.AsOfficer(), &DeskStub::IssueApiKey, request, &response);
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ApiKey> Revoke(DeskOverWire& wire, const std::string& id) {
  v1::RevokeApiKeyRequest request;
  request.set_api_key_id(id);
  v1::RevokeApiKeyResponse response;
  const auto status = CallOn(*wire.AsOfficer(), &DeskStub::RevokeApiKey, request, &response);
  if (!status.ok()) return status;
  return response.api_key();
}

absl::StatusOr<v1::ListApiKeysResponse> ListKeys(DeskOverWire& wire,
                                                 const v1::ListApiKeysRequest& request) {
  v1::ListApiKeysResponse response;
  const auto status = CallOn(*wire.AsOfficer(), &DeskStub::ListApiKeys, request, &response);
  if (!status.ok()) return status;
  return response;
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

TEST_CASE("every look and change is audited under the officer, without a word of a letter") {
  DeskOverWire wire;
  const std::string number = wire.SubmitEnquiry();
  REQUIRE(List(wire, Enquiries()).ok());
  REQUIRE(Close(wire, number, "お答えします。").ok());
  const auto issued = Issue(wire, KeyRequest());
  REQUIRE(issued.ok());
  REQUIRE(ListKeys(wire, {}).ok());
  REQUIRE(Revoke(wire, issued->api_key().api_key_id()).ok());

  CHECK(wire.scene.audit.actions() == std::vector<std::string>{"letters.listed", "letter.closed",
                                                               "api-key.issued", "api-keys.listed",
                                                               "api-key.revoked"});
  const std::string& key_id = issued->api_key().api_key_id();
  const auto notes = wire.scene.audit.notes();
  for (const auto& note : notes) CHECK(note.actor == "officer/desk-a");
  CHECK(notes[0].facts == std::vector<AuditFact>{{"kind", std::string("enquiry")},
                                                 {"include_closed", false},
                                                 {"shown", std::vector<std::string>{number}}});
  CHECK(notes[1].subject == number);
  CHECK(notes[1].facts == std::vector<AuditFact>{{"kind", std::string("enquiry")}});
  CHECK(notes[2].subject == key_id);
  CHECK(notes[2].facts.empty());
  CHECK(notes[3].facts == std::vector<AuditFact>{{"shown", std::vector<std::string>{key_id}}});
  CHECK(notes[4].subject == key_id);
}

TEST_CASE("an API key is shown once, works, and ends when it is revoked") {
  DeskOverWire wire;
  const auto request = KeyRequest();

  const auto issued = Issue(wire, request);

  REQUIRE(issued.ok());
  CHECK(issued->secret().starts_with("osk_"));
  CHECK(issued->api_key().email() == "poem@example.com");
  CHECK(issued->api_key().label() == "予約システム");
  CHECK(FromProto(issued->api_key().create_time()) == wire.scene.now);
  const auto holder = wire.scene.credentials.OfApiKey(issued->secret());
  REQUIRE(holder.ok());
  CHECK(holder->actor == "api-key/" + issued->api_key().api_key_id());
  const auto repeated = Issue(wire, request);
  REQUIRE(repeated.ok());
  CHECK(repeated->secret().empty());
  CHECK(repeated->api_key().api_key_id() == issued->api_key().api_key_id());
  const auto revoked = Revoke(wire, issued->api_key().api_key_id());
  REQUIRE(revoked.ok());
  CHECK(FromProto(revoked->revoke_time()) == wire.scene.now);
  CHECK(ReasonOf(wire.scene.credentials.OfApiKey(issued->secret()).status()) == "API_KEY_UNKNOWN");
  CHECK(Revoke(wire, issued->api_key().api_key_id()).ok());
}

TEST_CASE("a key for a business that there is opens that business") {
  DeskOverWire wire;
  const Holder holder = wire.scene.Register();

  const auto issued = Issue(wire, KeyRequest("POEM@example.com"));

  CHECK(wire.scene.credentials.OfApiKey(issued->secret())->business_id == holder.business_id);
}

TEST_CASE("API keys are listed newest first, without secrets") {
  DeskOverWire wire;
  std::vector<std::string> ids;
  std::string secrets;
  for (const auto* email : {"a@example.com", "b@example.com", "c@example.com"}) {
    const auto issued = Issue(wire, KeyRequest(email));
    ids.push_back(issued->api_key().api_key_id());
    secrets = issued->secret();
    wire.scene.now += absl::Minutes(1);
  }
  v1::ListApiKeysRequest request;
  request.set_page_size(2);

  const auto first = ListKeys(wire, request);

  REQUIRE(first->api_keys_size() == 2);
  CHECK(first->api_keys(0).api_key_id() == ids[2]);
  CHECK(first->SerializeAsString().find(secrets) == std::string::npos);
  request.set_page_token(first->next_page_token());
  const auto second = ListKeys(wire, request);
  REQUIRE(second->api_keys_size() == 1);
  CHECK(second->api_keys(0).api_key_id() == ids[0]);
  CHECK(second->next_page_token().empty());
  request.set_page_token("1.2");
  CHECK(ReasonOf(ListKeys(wire, request).status()) == "PAGE_TOKEN_INVALID");
  request.set_page_size(101);
  CHECK(ViolationsOf(ListKeys(wire, request).status()) == Violations{"page_size OUT_OF_RANGE"});
}

TEST_CASE("wrong fields of an API key, and a key of nobody, are refused") {
  DeskOverWire wire;
  auto request = KeyRequest("poem");
  request.set_label("");
  const auto invalid = Issue(wire, request).status();
  CHECK(ReasonOf(invalid) == "API_KEY_INVALID");
  CHECK(ViolationsOf(invalid) == Violations{"email BAD_EMAIL", "label REQUIRED"});
  request.set_request_id("x");
  CHECK(ViolationsOf(Issue(wire, request).status()) == Violations{"request_id NOT_A_UUID"});
  const auto unknown = Revoke(wire, ids::NewUuid()).status();
  CHECK(absl::IsNotFound(unknown));
  CHECK(ReasonOf(unknown) == "API_KEY_UNKNOWN");
  CHECK(ViolationsOf(Revoke(wire, "x").status()) == Violations{"api_key_id NOT_A_UUID"});
}

TEST_CASE("a store of the desk's that cannot be reached is told as it is") {
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
  wire.api_keys.FailNext(gone);
  CHECK(absl::IsUnavailable(Issue(wire, KeyRequest()).status()));
  wire.api_keys.FailNext(gone);
  CHECK(absl::IsUnavailable(ListKeys(wire, {}).status()));
  wire.api_keys.FailNext(gone);
  CHECK(absl::IsUnavailable(Revoke(wire, ids::NewUuid()).status()));
}

}  // namespace
}  // namespace oshirase::registry

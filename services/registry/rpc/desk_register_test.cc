#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/status/errors.h"
#include "services/registry/rpc/desk_service.h"
#include "services/registry/testing/business_over_wire.h"
#include "services/registry/testing/desk_over_wire.h"
#include "services/registry/testing/registry_over_wire.h"

namespace oshirase::registry {
namespace {

using Violations = std::vector<std::string>;

template <typename Response, typename Request>
absl::StatusOr<Response> Ask(DeskOverWire& wire,
                             grpc::Status (DeskStub::*method)(grpc::ClientContext*, const Request&,
                                                              Response*),
                             const Request& request) {
  Response response;
  const auto status = CallOn(*wire.AsOfficer(), method, request, &response);
  if (!status.ok()) return status;
  return response;
}

// All that a stream of answers brings, and how it ended.
template <typename Response, typename Request, typename Take>
absl::Status Stream(DeskOverWire& wire,
                    std::unique_ptr<grpc::ClientReader<Response>> (DeskStub::*method)(
                        grpc::ClientContext*, const Request&),
                    const Request& request, Take take) {
  const auto stub = wire.AsOfficer();
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
  const auto reader = ((*stub).*method)(&context, request);
  Response response;
  while (reader->Read(&response)) take(response);
  return FromGrpcStatus(reader->Finish());
}

std::string NumberOf(DeskOverWire& wire, const Venue& venue) {
  return wire.scene.FileOf(venue.id).certificates[0].number;
}

TEST_CASE("entries are searched, filtered and paged over the wire") {
  DeskOverWire wire;
  wire.scene.AddNamed("喫茶ポエム");
  const Venue cinema = wire.scene.AddNamed("シネマ花");
  v1::SearchRegisterRequest request;
  request.set_page_size(1);
  const auto first = Ask(wire, &DeskStub::SearchRegister, request);
  REQUIRE(first.ok());
  REQUIRE(first->entries_size() == 1);
  CHECK(first->entries(0).venue().details().email() == "poem@example.com");
  CHECK(first->entries(0).certificate().certificate_number() == NumberOf(wire, cinema));
  CHECK_FALSE(first->entries(0).has_inspect_time());
  request.set_page_token(first->next_page_token());
  CHECK(Ask(wire, &DeskStub::SearchRegister, request)->entries(0).venue().details().name() ==
        "喫茶ポエム");

  request.clear_page_token();
  request.mutable_filter()->set_text("しねま");
  request.mutable_filter()->set_state(v1::VENUE_STATE_OPEN);
  request.mutable_filter()->mutable_create_time_from()->set_seconds(
      absl::ToUnixSeconds(cinema.create_time));
  CHECK(Ask(wire, &DeskStub::SearchRegister, request)->entries_size() == 1);
  request.mutable_filter()->mutable_create_time_to()->set_seconds(
      absl::ToUnixSeconds(cinema.create_time));
  CHECK(Ask(wire, &DeskStub::SearchRegister, request)->entries_size() == 0);
}

TEST_CASE("a search of the wrong shape tells every wrong field") {
  DeskOverWire wire;
  v1::SearchRegisterRequest request;
  request.set_page_size(51);
  request.mutable_filter()->set_text(std::string(101, 'x'));
  request.mutable_filter()->set_kind("casino");
  request.mutable_filter()->set_municipality(std::string(41, 'x'));
  request.mutable_filter()->set_state(static_cast<v1::VenueState>(9));
  CHECK(ViolationsOf(Ask(wire, &DeskStub::SearchRegister, request).status()) ==
        Violations{"filter.text TOO_LONG", "filter.kind UNKNOWN_KIND",
                   "filter.municipality TOO_LONG", "filter.state UNKNOWN_STATE",
                   "page_size OUT_OF_RANGE"});
}

TEST_CASE("an entry comes with its measures, certificates and history") {
  DeskOverWire wire;
  const Venue venue = wire.scene.Add();
  v1::GetEntryRequest request;
  request.set_key(venue.code);
  const auto got = Ask(wire, &DeskStub::GetEntry, request);
  REQUIRE(got.ok());
  CHECK(got->entry().venue().venue_id() == venue.id.value);
  CHECK(got->measures_size() == 3);
  CHECK(got->certificates_size() == 1);
  REQUIRE(got->changes_size() == 1);
  CHECK(got->changes(0).action() == "registered");
  request.set_key("x");
  CHECK(ReasonOf(Ask(wire, &DeskStub::GetEntry, request).status()) == "VENUE_NOT_FOUND");
  request.set_key(std::string(65, 'x'));
  CHECK(ViolationsOf(Ask(wire, &DeskStub::GetEntry, request).status()) ==
        Violations{"key TOO_LONG"});
}

TEST_CASE("a venue is registered and corrected over the wire by a named officer") {
  DeskOverWire wire;
  v1::RegisterOnBehalfRequest registration;
  registration.set_request_id(ids::NewUuid());
  *registration.mutable_details() = ExampleDetailsProto();
  registration.set_reason("電話");
  const auto registered = Ask(wire, &DeskStub::RegisterOnBehalf, registration);
  REQUIRE(registered.ok());

  v1::CorrectEntryRequest correction;
  correction.set_request_id(ids::NewUuid());
  correction.set_venue_id(registered->entry().venue().venue_id());
  correction.set_revision(1);
  *correction.mutable_details() = ExampleDetailsProto();
  correction.mutable_details()->set_name("喫茶ポエム本店");
  correction.set_reason("訂正");
  const auto corrected = Ask(wire, &DeskStub::CorrectEntry, correction);
  REQUIRE(corrected.ok());
  CHECK(corrected->entry().venue().revision() == 2);
  CHECK(corrected->entry().certificate().version() == 2);
  CHECK(wire.scene.last_note().actor == "officer/desk-a");

  correction.set_request_id(ids::NewUuid());
  correction.mutable_details()->set_phone("");
  CHECK(ReasonOf(Ask(wire, &DeskStub::CorrectEntry, correction).status()) == "VENUE_CHANGED");
  correction.mutable_details()->set_name("");
  const auto invalid = Ask(wire, &DeskStub::CorrectEntry, correction).status();
  CHECK(ReasonOf(invalid) == "VENUE_INVALID");
  CHECK(ViolationsOf(invalid) == Violations{"details.name REQUIRED"});
  CHECK(ViolationsOf(Ask(wire, &DeskStub::CorrectEntry, v1::CorrectEntryRequest()).status()) ==
        Violations{"request_id REQUIRED", "venue_id REQUIRED", "reason REQUIRED"});
  CHECK(ViolationsOf(
            Ask(wire, &DeskStub::RegisterOnBehalf, v1::RegisterOnBehalfRequest()).status()) ==
        Violations{"request_id REQUIRED", "reason REQUIRED"});
}

TEST_CASE("an inspection, a withdrawal and a mail take effect over the wire") {
  DeskOverWire wire;
  const Venue venue = wire.scene.Add();
  v1::RecordInspectionRequest inspection;
  inspection.set_request_id(ids::NewUuid());
  inspection.set_venue_id(venue.id.value);
  inspection.set_confirmed(true);
  inspection.set_note("換気を確認");
  CHECK(Ask(wire, &DeskStub::RecordInspection, inspection)->entry().inspect_time().seconds() ==
        absl::ToUnixSeconds(wire.scene.now));

  v1::WithdrawCertificateRequest withdrawal;
  withdrawal.set_certificate_number(NumberOf(wire, venue));
  withdrawal.set_reason("虚偽");
  CHECK(Ask(wire, &DeskStub::WithdrawCertificate, withdrawal)->certificate().state() ==
        v1::CERTIFICATE_STATE_WITHDRAWN);
  withdrawal.set_certificate_number(ids::NewPublicNumber().value);
  CHECK(ReasonOf(Ask(wire, &DeskStub::WithdrawCertificate, withdrawal).status()) ==
        "CERTIFICATE_NOT_FOUND");

  v1::MailBusinessRequest mail;
  mail.set_request_id(ids::NewUuid());
  mail.set_venue_id(venue.id.value);
  CHECK(Ask(wire, &DeskStub::MailBusiness, mail).ok());
  CHECK(wire.scene.MailsOf<NoticeMail>().size() == 1);
  mail.set_venue_id(ids::NewUuid());
  CHECK(ReasonOf(Ask(wire, &DeskStub::MailBusiness, mail).status()) == "VENUE_NOT_FOUND");

  CHECK(ViolationsOf(
            Ask(wire, &DeskStub::RecordInspection, v1::RecordInspectionRequest()).status()) ==
        Violations{"request_id REQUIRED", "venue_id REQUIRED", "note REQUIRED"});
  CHECK(ViolationsOf(
            Ask(wire, &DeskStub::WithdrawCertificate, v1::WithdrawCertificateRequest()).status()) ==
        Violations{"certificate_number REQUIRED", "reason REQUIRED"});
}

TEST_CASE("the register is counted over the wire") {
  DeskOverWire wire;
  wire.scene.Add();
  const auto counts = Ask(wire, &DeskStub::CountRegister, v1::CountRegisterRequest());
  REQUIRE(counts.ok());
  CHECK(counts->by_kind(0).key() == "restaurant");
  CHECK(counts->by_municipality(0).key() == "横浜市中区");
  CHECK(counts->by_state(0).key() == "open");
  CHECK(counts->by_month(0).key() == "2020-12");
  CHECK(counts->by_month(0).count() == 1);
}

TEST_CASE("an export streams at most 20 entries a message") {
  DeskOverWire wire;
  for (int i = 0; i < 45; ++i) wire.scene.Add();
  int entries = 0;
  const auto take = [&](const v1::ExportRegisterResponse& response) {
    CHECK(response.entries_size() <= 20);
    CHECK(response.entries_size() > 0);
    entries += response.entries_size();
  };
  CHECK(Stream(wire, &DeskStub::ExportRegister, v1::ExportRegisterRequest(), take).ok());
  CHECK(entries == 45);
  v1::ExportRegisterRequest wrong;
  wrong.mutable_filter()->set_kind("casino");
  CHECK(ViolationsOf(Stream(wire, &DeskStub::ExportRegister, wrong, take)) ==
        Violations{"filter.kind UNKNOWN_KIND"});
}

TEST_CASE("a document of any venue is drawn in chunks") {
  DeskOverWire wire;
  v1::DrawDocumentRequest request;
  request.set_venue_id(wire.scene.Add().id.value);
  request.set_document(v1::DOCUMENT_POSTER);
  std::string pdf;
  const auto take = [&](const v1::DrawDocumentResponse& response) {
    CHECK(response.chunk().size() <= 32 * 1024);
    pdf += response.chunk();
  };
  CHECK(Stream(wire, &DeskStub::DrawDocument, request, take).ok());
  CHECK_FALSE(pdf.empty());
  CHECK(ViolationsOf(Stream(wire, &DeskStub::DrawDocument, v1::DrawDocumentRequest(), take)) ==
        Violations{"venue_id REQUIRED", "document REQUIRED"});
}

TEST_CASE("a run of reissued certificates tells its progress to its end") {
  DeskOverWire wire;
  const Venue venue = wire.scene.Add();
  wire.scene.now += absl::Hours(1);
  v1::ReissueCertificatesRequest request;
  request.set_run_id(ids::NewUuid());
  request.set_reason("様式の改定");
  v1::ReissueCertificatesResponse last;
  const auto take = [&](const v1::ReissueCertificatesResponse& response) { last = response; };
  CHECK(Stream(wire, &DeskStub::ReissueCertificates, request, take).ok());
  CHECK(last.done() == 1);
  CHECK(last.total() == 1);
  CHECK(wire.scene.FileOf(venue.id).entry.certificate->version == 2);
  CHECK(ViolationsOf(Stream(wire, &DeskStub::ReissueCertificates, v1::ReissueCertificatesRequest(),
                            take)) == Violations{"run_id REQUIRED", "reason REQUIRED"});
}

}  // namespace
}  // namespace oshirase::registry

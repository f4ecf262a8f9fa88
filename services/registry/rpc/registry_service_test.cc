#include "services/registry/rpc/registry_service.h"

#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "common/ids/venue_code.h"
#include "common/status/errors.h"
#include "services/registry/rpc/convert.h"
#include "services/registry/testing/registry_over_wire.h"

namespace oshirase::registry {
namespace {

using Violations = std::vector<std::string>;

v1::RegisterVenueRequest Registration() {
  v1::RegisterVenueRequest request;
  request.set_request_id(ids::NewUuid());
  auto& details = *request.mutable_details();
  details.set_name("　喫茶ﾎﾟｴﾑ ");
  details.set_kind("cinema");
  details.set_address("横浜市中区日本大通1");
  details.set_email("poem@example.com");
  details.set_phone("045-210-1111");
  details.add_own_measures("換気");
  return request;
}

v1::Venue Register(Stub& stub) {
  v1::RegisterVenueResponse response;
  REQUIRE(Call(stub, &Stub::RegisterVenue, Registration(), &response).ok());
  return response.venue();
}

TEST_CASE("a registered venue comes back as typed, with its code and usual stay") {
  RegistryOverWire registry;
  const auto gateway = registry.As("gateway");

  const v1::Venue venue = Register(*gateway);

  CHECK(venue.details().name() == "喫茶ﾎﾟｴﾑ");
  CHECK(venue.state() == v1::VENUE_STATE_OPEN);
  CHECK(venue.stay().seconds() == 3 * 3600);
  CHECK(ids::ParseVenueCode(venue.venue_code()).ok());
  CHECK(ids::ParseUuid(venue.venue_id()).ok());
}

TEST_CASE("every wrong field of a registration is a violation") {
  RegistryOverWire registry;
  auto request = Registration();
  request.mutable_details()->set_name("");
  request.mutable_details()->set_kind("pub");
  request.mutable_details()->set_own_measures(0, "a\nb");
  v1::RegisterVenueResponse response;

  const auto status = Call(*registry.As("gateway"), &Stub::RegisterVenue, request, &response);

  CHECK(absl::IsInvalidArgument(status));
  CHECK(ReasonOf(status) == "VENUE_INVALID");
  CHECK(ViolationsOf(status) == Violations{"details.name REQUIRED", "details.kind UNKNOWN_KIND",
                                           "details.measures[0] CONTROL_CHARACTER"});
}

TEST_CASE("what check-in learns of a venue leaves out address, telephone, mail and measures") {
  RegistryOverWire registry;
  const auto gateway = registry.As("gateway");
  v1::LookupVenueCodeRequest request;
  request.set_venue_code(Register(*gateway).venue_code());
  v1::LookupVenueCodeResponse response;

  REQUIRE(Call(*gateway, &Stub::LookupVenueCode, request, &response).ok());

  const auto& details = response.venue().details();
  CHECK(details.name() == "喫茶ﾎﾟｴﾑ");
  CHECK(details.address().empty());
  CHECK(details.phone().empty());
  CHECK(details.email().empty());
  CHECK(details.own_measures().empty());
}

TEST_CASE("the gateway learns which codes have changed, and that it must forget them all") {
  RegistryOverWire registry;
  const auto gateway = registry.As("gateway");
  v1::ListCodeChangesRequest request;
  v1::ListCodeChangesResponse response;
  registry.code_changes.answer = CodeChanges{.reset = true, .codes = {"A", "B"}, .cursor = "2"};
  request.set_cursor("1");

  REQUIRE(Call(*gateway, &Stub::ListCodeChanges, request, &response).ok());

  CHECK(registry.code_changes.asked == "1");
  CHECK(std::vector<std::string>(response.venue_codes().begin(), response.venue_codes().end()) ==
        std::vector<std::string>{"A", "B"});
  CHECK(response.cursor() == "2");
  CHECK(response.reset());

  registry.code_changes.answer = absl::UnavailableError("no database");
  CHECK(absl::IsUnavailable(Call(*gateway, &Stub::ListCodeChanges, request, &response)));
}

TEST_CASE("a code of any length that is none is mistyped") {
  RegistryOverWire registry;
  v1::LookupVenueCodeRequest request;
  v1::LookupVenueCodeResponse response;
  for (const auto& code : {std::string(), std::string("hello"), std::string(60'000, '0')}) {
    request.set_venue_code(code);
    const auto status = Call(*registry.As("gateway"), &Stub::LookupVenueCode, request, &response);
    CHECK(ReasonOf(status) == "VENUE_CODE_MISTYPED");
  }
}

TEST_CASE("an officer finds a venue by words and by code, page by page") {
  RegistryOverWire registry;
  const auto desk = registry.As(Role::kDesk);
  const v1::Venue first = Register(*desk);
  Register(*desk);
  v1::FindVenuesRequest request;
  request.set_page_size(1);

  v1::FindVenuesResponse by_code;
  request.set_text(first.venue_code());
  REQUIRE(Call(*desk, &Stub::FindVenues, request, &by_code).ok());
  CHECK(by_code.venues_size() == 1);
  CHECK(by_code.venues(0).venue_id() == first.venue_id());

  v1::FindVenuesResponse page;
  request.set_text("ぽえむ 横浜");
  REQUIRE(Call(*desk, &Stub::FindVenues, request, &page).ok());
  CHECK(page.venues_size() == 1);
  CHECK_FALSE(page.next_page_token().empty());
  request.set_page_token(page.next_page_token());
  v1::FindVenuesResponse rest;
  REQUIRE(Call(*desk, &Stub::FindVenues, request, &rest).ok());
  CHECK(rest.venues_size() == 1);
  CHECK(rest.next_page_token().empty());
  CHECK(rest.venues(0).venue_id() != page.venues(0).venue_id());

  request.set_page_token("x");
  CHECK(ReasonOf(Call(*desk, &Stub::FindVenues, request, &rest)) == "PAGE_TOKEN_INVALID");
  request.set_page_size(101);
  request.set_text("");
  CHECK(ViolationsOf(Call(*desk, &Stub::FindVenues, request, &rest)) ==
        Violations{"page_size OUT_OF_RANGE", "text REQUIRED"});
}

TEST_CASE("requests of the wrong shape tell every wrong field") {
  RegistryOverWire registry;
  v1::ReplaceVenueCodeRequest replace;
  replace.set_venue_id("1");
  replace.mutable_grace()->set_seconds(31 * 24 * 3600);
  v1::ReplaceVenueCodeResponse replaced;
  CHECK(ViolationsOf(Call(*registry.As("gateway"), &Stub::ReplaceVenueCode, replace, &replaced)) ==
        Violations{"request_id REQUIRED", "venue_id NOT_A_UUID", "grace.seconds OUT_OF_RANGE"});
  v1::SetVenueStateResponse set;
  CHECK(ViolationsOf(Call(*registry.As(Role::kDesk), &Stub::SetVenueState,
                          v1::SetVenueStateRequest(), &set)) ==
        Violations{"venue_id REQUIRED", "state REQUIRED", "reason REQUIRED"});
  v1::BatchGetVenuesResponse got;
  CHECK(ViolationsOf(Call(*registry.As("notifier"), &Stub::BatchGetVenues,
                          v1::BatchGetVenuesRequest(), &got)) ==
        Violations{"venue_ids.length OUT_OF_RANGE"});
}

TEST_CASE("checkin gets 768 bytes of keys per venue, in the order asked for, for open days only") {
  RegistryOverWire registry;
  const auto checkin = registry.As("checkin");
  v1::GetOuterKeysRequest request;
  request.set_day(DayOf(registry.scene.now).value);
  request.add_venue_ids(ids::NewUuid());
  request.add_venue_ids(ids::NewUuid());
  v1::GetOuterKeysResponse response;

  REQUIRE(Call(*checkin, &Stub::GetOuterKeys, request, &response).ok());

  REQUIRE(response.venues_size() == 2);
  CHECK(response.venues(0).venue_id() == request.venue_ids(0));
  CHECK(response.venues(0).public_keys().size() == 768);
  CHECK(response.venues(0).public_keys() != response.venues(1).public_keys());
  request.set_day(request.day() - 2);
  CHECK(ReasonOf(Call(*checkin, &Stub::GetOuterKeys, request, &response)) == "DAY_NOT_OPEN");
}

void ToProto(const ReleaseRequest& request, v1::ReleaseOuterKeysRequest* proto) {
  proto->set_statement(request.statement);
  proto->set_case_id(request.case_id);
  for (const auto& signature : request.signatures) {
    auto* const added = proto->add_signatures();
    added->set_officer_id(signature.officer_id);
    added->set_role(signature.role == crypto::SignatureRole::kSubmit ? v1::SIGNATURE_ROLE_SUBMIT
                                                                     : v1::SIGNATURE_ROLE_APPROVE);
    SetTime(added->mutable_sign_time(), signature.signed_part.signed_at);
    added->set_signature(signature.signed_part.signature);
  }
}

TEST_CASE("the notifier gets private keys against two signatures, and a reason without them") {
  RegistryOverWire registry;
  auto& scene = registry.scene;
  const auto notifier = registry.As("notifier");
  v1::ReleaseOuterKeysRequest request;
  ToProto(scene.Signed(scene.Case({scene.AddVenue()})), &request);
  v1::ReleaseOuterKeysResponse response;

  REQUIRE(Call(*notifier, &Stub::ReleaseOuterKeys, request, &response).ok());
  REQUIRE(response.venues_size() == 1);
  CHECK(response.venues(0).keys_size() == 15);
  CHECK(response.venues(0).keys(0).private_key().size() == 32);
  CHECK(FromProto(response.release_end_time()) == StartOf(DayOf(scene.now) + 2));

  request.mutable_signatures()->RemoveLast();
  const auto status = Call(*notifier, &Stub::ReleaseOuterKeys, request, &response);
  CHECK(absl::IsPermissionDenied(status));
  CHECK(ReasonOf(status) == "SIGNATURE_MISSING");
}

TEST_CASE("a fraction of a second in a signing time, which no signature covers, is refused") {
  RegistryOverWire registry;
  auto& scene = registry.scene;
  v1::ReleaseOuterKeysRequest request;
  ToProto(scene.Signed(scene.Case({scene.AddVenue()})), &request);
  request.mutable_signatures(1)->mutable_sign_time()->set_nanos(1);
  v1::ReleaseOuterKeysResponse response;

  CHECK(ViolationsOf(Call(*registry.As("notifier"), &Stub::ReleaseOuterKeys, request, &response)) ==
        Violations{"signatures[1].sign_time NOT_WHOLE_SECONDS"});
}

TEST_CASE("an operator enrols and revokes an officer by certificate") {
  RegistryOverWire registry;
  const auto operate = registry.As(Role::kOperate);
  v1::EnrolOfficerRequest enrol;
  enrol.set_officer_id("dora");
  enrol.add_roles(v1::OFFICER_ROLE_APPROVE);
  enrol.set_certificate_pem(registry.CertificateOf("dora"));
  v1::EnrolOfficerResponse enrolled;

  REQUIRE(Call(*operate, &Stub::EnrolOfficer, enrol, &enrolled).ok());
  CHECK(enrolled.officer().public_keys_size() == 1);
  CHECK(enrolled.officer().roles(0) == v1::OFFICER_ROLE_APPROVE);

  v1::RevokeOfficerRequest revoke;
  revoke.set_officer_id("dora");
  revoke.set_reason("異動");
  v1::RevokeOfficerResponse revoked;
  REQUIRE(Call(*operate, &Stub::RevokeOfficer, revoke, &revoked).ok());
  v1::GetOfficerRequest get;
  get.set_officer_id("dora");
  v1::GetOfficerResponse got;
  REQUIRE(Call(*registry.As("notifier"), &Stub::GetOfficer, get, &got).ok());
  CHECK(got.officer().roles().empty());
  CHECK(got.officer().has_revoke_time());
  CHECK(ReasonOf(Call(*operate, &Stub::EnrolOfficer, enrol, &enrolled)) == "OFFICER_REVOKED");
}

TEST_CASE("officers and audit entries are listed a page at a time") {
  RegistryOverWire registry;  // ann, bob and cat are enrolled
  v1::ListOfficersRequest officers;
  officers.set_page_size(2);
  v1::ListOfficersResponse page;
  const auto auditor = registry.As(Role::kAudit);
  REQUIRE(Call(*auditor, &Stub::ListOfficers, officers, &page).ok());
  CHECK(page.officers_size() == 2);
  officers.set_page_token(page.next_page_token());
  v1::ListOfficersResponse rest;
  REQUIRE(Call(*auditor, &Stub::ListOfficers, officers, &rest).ok());
  REQUIRE(rest.officers_size() == 1);
  CHECK(rest.officers(0).officer_id() == "cat");
  CHECK(rest.next_page_token().empty());

  v1::ListAuditEntriesRequest entries;
  entries.set_page_size(2);
  v1::ListAuditEntriesResponse entry_page;
  REQUIRE(Call(*auditor, &Stub::ListAuditEntries, entries, &entry_page).ok());
  CHECK(entry_page.entries_size() == 2);
  CHECK(entry_page.next_page_token() == "2");
  entries.set_page_token("-1");
  CHECK(ReasonOf(Call(*auditor, &Stub::ListAuditEntries, entries, &entry_page)) ==
        "PAGE_TOKEN_INVALID");
}

}  // namespace
}  // namespace oshirase::registry

#include "services/registry/rpc/business_service.h"

#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/status/errors.h"
#include "services/registry/rpc/convert.h"
#include "services/registry/testing/business_over_wire.h"
#include "services/registry/testing/registry_over_wire.h"

namespace oshirase::registry {
namespace {

using Violations = std::vector<std::string>;

v1::Credential Session(const std::string& token) {
  v1::Credential credential;
  credential.set_session_token(token);
  return credential;
}

v1::OwnVenue GetVenue(BusinessStub& stub, const v1::OpenSessionResponse& opened) {
  v1::GetOwnVenueRequest request;
  *request.mutable_credential() = Session(opened.session_token());
  request.set_venue_id(opened.venue_id());
  v1::GetOwnVenueResponse response;
  REQUIRE(Call(stub, &BusinessStub::GetOwnVenue, request, &response).ok());
  return response.venue();
}

TEST_CASE("from the form to the certificate: start, look, open") {
  BusinessOverWire wire;
  const auto gateway = wire.As("gateway");
  v1::StartRegistrationRequest start;
  start.set_request_id(ids::NewUuid());
  *start.mutable_details() = ExampleDetailsProto();
  v1::StartRegistrationResponse started;
  REQUIRE(Call(*gateway, &BusinessStub::StartRegistration, start, &started).ok());
  CHECK(FromProto(started.link_expire_time()) == wire.scene.now + absl::Hours(24));
  CHECK(started.receipt_number().size() == 9);

  v1::OpenSessionRequest open;
  open.set_link_token(wire.scene.MailsOf<ConfirmationMail>().back().link_token);
  v1::CheckLinkRequest check;
  check.set_link_token(open.link_token());
  v1::CheckLinkResponse checked;
  REQUIRE(Call(*gateway, &BusinessStub::CheckLink, check, &checked).ok());
  CHECK(checked.purpose() == v1::LINK_PURPOSE_REGISTRATION);
  CHECK(checked.state() == v1::LINK_STATE_GOOD);
  v1::OpenSessionResponse opened;
  REQUIRE(Call(*gateway, &BusinessStub::OpenSession, open, &opened).ok());
  CHECK(FromProto(opened.expire_time()) == wire.scene.now + absl::Hours(2));

  const v1::OwnVenue own = GetVenue(*gateway, opened);
  CHECK(own.venue().details().SerializeAsString() == start.details().SerializeAsString());
  CHECK(own.venue().revision() == 1);
  CHECK(own.certificate().version() == 1);
  CHECK(own.certificate().state() == v1::CERTIFICATE_STATE_CURRENT);
  CHECK(ids::ParsePublicNumber(own.certificate().certificate_number()).ok());
  REQUIRE(own.measures_size() == 3);
  CHECK(own.measures(0).group() == "masks");
  CHECK(own.measures(0).text() == "従業員はマスクを着けます");
  CHECK(own.measures(2).measure_id().empty());
  REQUIRE(Call(*gateway, &BusinessStub::CheckLink, check, &checked).ok());
  CHECK(checked.state() == v1::LINK_STATE_USED);
  CHECK(ReasonOf(Call(*gateway, &BusinessStub::OpenSession, open, &opened)) == "LINK_USED");
}

TEST_CASE("wrong details are violations by their fields") {
  BusinessOverWire wire;
  v1::StartRegistrationRequest start;
  v1::StartRegistrationResponse started;
  CHECK(ViolationsOf(Call(*wire.As("gateway"), &BusinessStub::StartRegistration, start,
                          &started)) == Violations{"request_id REQUIRED"});
  start.set_request_id(ids::NewUuid());
  *start.mutable_details() = ExampleDetailsProto();
  start.mutable_details()->set_name("");
  start.mutable_details()->add_measure_ids("amulets");
  const auto status = Call(*wire.As("gateway"), &BusinessStub::StartRegistration, start, &started);
  CHECK(ReasonOf(status) == "VENUE_INVALID");
  CHECK(ViolationsOf(status) ==
        Violations{"details.name REQUIRED", "details.measure_ids[2] UNKNOWN_MEASURE"});
}

TEST_CASE("only the gateway may act for businesses, and only with a credential") {
  BusinessOverWire wire;
  const auto opened = wire.Register();
  v1::GetBusinessRequest request;
  v1::GetBusinessResponse response;
  *request.mutable_credential() = Session(opened.session_token());
  for (const auto* service : {"checkin", "notifier", "registry"}) {
    CHECK(absl::IsPermissionDenied(
        Call(*wire.As(service), &BusinessStub::GetBusiness, request, &response)));
  }
  const auto gateway = wire.As("gateway");
  REQUIRE(Call(*gateway, &BusinessStub::GetBusiness, request, &response).ok());
  CHECK(response.business().email() == "poem@example.com");
  CHECK(response.business().name() == "ポエム商会");
  CHECK(response.business().venue_count() == 1);

  *request.mutable_credential() = Session("guess");
  const auto guessed = Call(*gateway, &BusinessStub::GetBusiness, request, &response);
  CHECK(absl::IsUnauthenticated(guessed));
  CHECK(ReasonOf(guessed) == "SESSION_ENDED");
  request.mutable_credential()->set_api_key("osk_guess");
  CHECK(ReasonOf(Call(*gateway, &BusinessStub::GetBusiness, request, &response)) ==
        "API_KEY_UNKNOWN");
  wire.scene.shared.AddApiKey("osk_secret", "poem@example.com");
  request.mutable_credential()->set_api_key("osk_secret");
  CHECK(Call(*gateway, &BusinessStub::GetBusiness, request, &response).ok());
  request.clear_credential();
  CHECK(ViolationsOf(Call(*gateway, &BusinessStub::GetBusiness, request, &response)) ==
        Violations{"credential REQUIRED"});
}

TEST_CASE("a closed session is over, and closing it twice is no mistake") {
  BusinessOverWire wire;
  const auto opened = wire.Register();
  const auto gateway = wire.As("gateway");
  v1::CloseSessionRequest close;
  close.set_session_token(opened.session_token());
  v1::CloseSessionResponse closed;
  REQUIRE(Call(*gateway, &BusinessStub::CloseSession, close, &closed).ok());
  REQUIRE(Call(*gateway, &BusinessStub::CloseSession, close, &closed).ok());

  v1::GetBusinessRequest request;
  *request.mutable_credential() = Session(opened.session_token());
  v1::GetBusinessResponse response;
  CHECK(ReasonOf(Call(*gateway, &BusinessStub::GetBusiness, request, &response)) ==
        "SESSION_ENDED");
}

TEST_CASE("a link for upkeep is asked for by address, which must be one") {
  BusinessOverWire wire;
  wire.Register();
  const auto gateway = wire.As("gateway");
  v1::RequestUpkeepLinkRequest request;
  v1::RequestUpkeepLinkResponse response;
  request.set_email("poem");
  CHECK(ViolationsOf(Call(*gateway, &BusinessStub::RequestUpkeepLink, request, &response)) ==
        Violations{"email BAD_EMAIL"});
  request.set_email(" poem@example.com ");
  REQUIRE(Call(*gateway, &BusinessStub::RequestUpkeepLink, request, &response).ok());
  CHECK(wire.scene.MailsOf<UpkeepLinkMail>().size() == 1);
}

TEST_CASE("venues are added, changed and listed") {
  BusinessOverWire wire;
  const auto opened = wire.Register();
  const auto gateway = wire.As("gateway");
  v1::AddVenueRequest add;
  *add.mutable_credential() = Session(opened.session_token());
  add.set_request_id(ids::NewUuid());
  *add.mutable_details() = ExampleDetailsProto();
  v1::AddVenueResponse added;
  CHECK(ViolationsOf(Call(*gateway, &BusinessStub::AddVenue, add, &added)) ==
        Violations{"details.name ALREADY_REGISTERED"});
  add.mutable_details()->set_name("別館");
  REQUIRE(Call(*gateway, &BusinessStub::AddVenue, add, &added).ok());

  v1::UpdateVenueRequest update;
  *update.mutable_credential() = Session(opened.session_token());
  update.set_request_id(ids::NewUuid());
  update.set_venue_id(added.venue().venue().venue_id());
  update.set_revision(1);
  *update.mutable_details() = add.details();
  update.mutable_details()->add_measure_ids("masks-guests");
  v1::UpdateVenueResponse updated;
  REQUIRE(Call(*gateway, &BusinessStub::UpdateVenue, update, &updated).ok());
  CHECK(updated.certificate_issued());
  CHECK(updated.venue().certificate().version() == 2);
  CHECK(updated.venue().measures(1).is_new());
  CHECK(updated.venue().venue().revision() == 2);
  update.set_request_id(ids::NewUuid());
  update.mutable_details()->set_name("新館");
  const auto stale = Call(*gateway, &BusinessStub::UpdateVenue, update, &updated);
  CHECK(absl::IsAborted(stale));
  CHECK(ReasonOf(stale) == "VENUE_CHANGED");

  v1::ListOwnVenuesRequest list;
  *list.mutable_credential() = Session(opened.session_token());
  list.set_page_size(1);
  v1::ListOwnVenuesResponse page;
  REQUIRE(Call(*gateway, &BusinessStub::ListOwnVenues, list, &page).ok());
  CHECK(page.venues_size() == 1);
  CHECK_FALSE(page.next_page_token().empty());
  list.set_page_size(21);
  CHECK(ViolationsOf(Call(*gateway, &BusinessStub::ListOwnVenues, list, &page)) ==
        Violations{"page_size OUT_OF_RANGE"});
}

TEST_CASE("a code is replaced with a grace, and the venue closed") {
  BusinessOverWire wire;
  const auto opened = wire.Register();
  const auto gateway = wire.As("gateway");
  const v1::OwnVenue before = GetVenue(*gateway, opened);
  v1::ReplaceOwnVenueCodeRequest replace;
  *replace.mutable_credential() = Session(opened.session_token());
  replace.set_request_id(ids::NewUuid());
  replace.set_venue_id(opened.venue_id());
  replace.mutable_grace()->set_seconds(3600);
  v1::ReplaceOwnVenueCodeResponse replaced;
  REQUIRE(Call(*gateway, &BusinessStub::ReplaceOwnVenueCode, replace, &replaced).ok());
  CHECK(replaced.venue().venue().venue_code() != before.venue().venue_code());
  CHECK(FromProto(replaced.venue().old_code_end_time()) == wire.scene.now + absl::Hours(1));
  wire.scene.now += absl::Hours(1);
  CHECK_FALSE(GetVenue(*gateway, opened).has_old_code_end_time());
  replace.mutable_grace()->set_seconds(-1);
  CHECK(ViolationsOf(Call(*gateway, &BusinessStub::ReplaceOwnVenueCode, replace, &replaced)) ==
        Violations{"grace.seconds OUT_OF_RANGE"});

  v1::SetOwnVenueStateRequest set;
  *set.mutable_credential() = Session(opened.session_token());
  set.set_venue_id(opened.venue_id());
  set.set_state(v1::VENUE_STATE_CLOSED);
  v1::SetOwnVenueStateResponse done;
  REQUIRE(Call(*gateway, &BusinessStub::SetOwnVenueState, set, &done).ok());
  CHECK(done.venue().venue().state() == v1::VENUE_STATE_CLOSED);
  set.set_state(v1::VENUE_STATE_SUSPENDED);
  CHECK(ViolationsOf(Call(*gateway, &BusinessStub::SetOwnVenueState, set, &done)) ==
        Violations{"state NOT_OPEN_OR_CLOSED"});
}

}  // namespace
}  // namespace oshirase::registry

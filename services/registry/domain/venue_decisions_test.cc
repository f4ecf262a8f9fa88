#include "services/registry/domain/venue_decisions.h"

#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/status/errors.h"
#include "services/registry/testing/desk_scene.h"

namespace oshirase::registry {
namespace {

StateRequest To(VenueState state, const VenueId& id) {
  return {.venue_id = id, .state = state, .reason = "田中様より苦情", .actor = kDeskOfficer};
}

InspectionRequest InspectionOf(const VenueId& id, bool confirmed) {
  return {.request_id = ids::NewUuid(),
          .venue_id = id,
          .confirmed = confirmed,
          .note = "換気を確認",
          .actor = kDeskOfficer};
}

TEST_CASE("of a suspension the business is told with its reason, once, and of no other state") {
  DeskScene scene;
  const Venue venue = scene.Add();
  CHECK(scene.decisions.SetState(To(VenueState::kSuspended, venue.id))->state ==
        VenueState::kSuspended);
  CHECK(scene.decisions.SetState(To(VenueState::kSuspended, venue.id)).ok());
  CHECK(scene.decisions.SetState(To(VenueState::kOpen, venue.id)).ok());

  const auto mails = scene.MailsOf<DecisionMail>();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].decision == DecisionMail::Decision::kVenueSuspended);
  CHECK(mails[0].reason == "田中様より苦情");
  CHECK(mails[0].certificate_number == scene.FileOf(venue.id).certificates[0].number);
  const auto changes = scene.FileOf(venue.id).changes;
  REQUIRE(changes.size() == 3);
  CHECK(changes[0].action == "opened");
  CHECK(changes[1].action == "suspended");
  CHECK(changes[1].reason == "田中様より苦情");
  CHECK(ReasonOf(scene.decisions.SetState(To(VenueState::kOpen, {ids::NewUuid()})).status()) ==
        "VENUE_NOT_FOUND");
}

TEST_CASE("reasons, which may name people, stay out of the log") {
  DeskScene scene;
  const Venue venue = scene.Add();
  REQUIRE(scene.decisions.SetState(To(VenueState::kSuspended, venue.id)).ok());
  CHECK(scene.last_note().action == "venue.suspended");
  CHECK(scene.last_note().actor == kDeskOfficer);
  CHECK(scene.last_note().facts.empty());
  REQUIRE(scene.decisions.RecordInspection(InspectionOf(venue.id, true)).ok());
  CHECK(scene.last_note().action == "venue.inspected");
  CHECK(scene.last_note().facts.empty());
}

TEST_CASE("an inspection is in the entry, and for the public only when it confirmed") {
  DeskScene scene;
  const Venue venue = scene.Add();
  const auto entry = scene.decisions.RecordInspection(InspectionOf(venue.id, false));
  REQUIRE(entry.ok());
  CHECK(entry->inspect_time == scene.now);
  CHECK_FALSE((*scene.entries.FindVenue(venue.id))->inspect_time.has_value());
  REQUIRE(scene.decisions.RecordInspection(InspectionOf(venue.id, true)).ok());
  CHECK((*scene.entries.FindVenue(venue.id))->inspect_time == scene.now);
  CHECK(ReasonOf(scene.decisions.RecordInspection(InspectionOf({ids::NewUuid()}, true)).status()) ==
        "VENUE_NOT_FOUND");
}

TEST_CASE("a certificate is withdrawn by the number as people write it, and the business told") {
  DeskScene scene;
  const Venue venue = scene.Add();
  const auto number = scene.FileOf(venue.id).certificates[0].number;
  const WithdrawalRequest request{.certificate_number = ids::FormatPublicNumber({number}),
                                  .reason = "虚偽",
                                  .actor = kDeskOfficer};
  const auto withdrawn = scene.decisions.Withdraw(request);
  REQUIRE(withdrawn.ok());
  CHECK(withdrawn->state == CertificateState::kWithdrawn);
  CHECK(scene.last_note().subject == venue.id.value);
  CHECK(scene.decisions.Withdraw(request)->state == CertificateState::kWithdrawn);
  const auto mails = scene.MailsOf<DecisionMail>();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].decision == DecisionMail::Decision::kCertificateWithdrawn);
  CHECK(mails[0].certificate_number == number);
  for (const auto& none : {std::string("x"), ids::NewPublicNumber().value}) {
    auto other = request;
    other.certificate_number = none;
    CHECK(ReasonOf(scene.decisions.Withdraw(other).status()) == "CERTIFICATE_NOT_FOUND");
  }
}

TEST_CASE("a business is told that a notice concerns its venue, once for each request") {
  DeskScene scene;
  const Venue venue = scene.Add();
  const NoticeRequest request{
      .request_id = ids::NewUuid(), .venue_id = venue.id, .actor = kDeskOfficer};
  CHECK(scene.decisions.MailBusiness(request).ok());
  CHECK(scene.decisions.MailBusiness(request).ok());
  REQUIRE(scene.MailsOf<NoticeMail>().size() == 1);
  CHECK(scene.MailsOf<NoticeMail>()[0].venue_name == venue.details.name);
  CHECK(scene.FileOf(venue.id).changes[0].action == "notice-mailed");
}

TEST_CASE("an unreachable store is UNAVAILABLE, and nothing was decided") {
  DeskScene scene;
  const Venue venue = scene.Add();
  const auto number = scene.FileOf(venue.id).certificates[0].number;
  const auto down = absl::UnavailableError("down");
  const auto withdraw = [&] {
    return scene.decisions
        .Withdraw({.certificate_number = number, .reason = "虚偽", .actor = kDeskOfficer})
        .status();
  };
  const auto mail = [&] {
    return scene.decisions.MailBusiness(
        {.request_id = ids::NewUuid(), .venue_id = venue.id, .actor = kDeskOfficer});
  };
  scene.entries.FailNext(down);
  CHECK(scene.decisions.SetState(To(VenueState::kClosed, venue.id)).status() == down);
  scene.venues.FailNext(down);
  CHECK(scene.decisions.SetState(To(VenueState::kClosed, venue.id)).status() == down);
  scene.decision_store.FailNext(down);
  CHECK(scene.decisions.RecordInspection(InspectionOf(venue.id, true)).status() == down);
  scene.own_venues.FailNext(down);
  CHECK(withdraw() == down);
  scene.decision_store.FailNext(down);
  CHECK(withdraw() == down);
  scene.entries.FailNext(down);
  CHECK(mail() == down);
  scene.decision_store.FailNext(down);
  CHECK(mail() == down);
  CHECK(scene.FileOf(venue.id).changes.size() == 1);
  CHECK(scene.shared.QueuedMails().empty());
}

}  // namespace
}  // namespace oshirase::registry

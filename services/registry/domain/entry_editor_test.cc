#include "services/registry/domain/entry_editor.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/testing/desk_scene.h"

namespace oshirase::registry {
namespace {

CorrectionRequest CorrectionOf(const Venue& venue, const VenueDetails& details) {
  return {.request_id = ids::NewUuid(),
          .venue_id = venue.id,
          .revision = venue.revision,
          .details = details,
          .reason = "電話で確認",
          .actor = kDeskOfficer};
}

OnBehalfRequest OnBehalf(const VenueDetails& details = ExampleDetails()) {
  return {.request_id = ids::NewUuid(),
          .details = details,
          .reason = "電話での申し込み",
          .actor = kDeskOfficer};
}

TEST_CASE("a correction that the sheet shows issues and mails the next certificate, once") {
  DeskScene scene;
  const Venue venue = scene.Add();
  auto details = venue.details;
  details.name = "喫茶ポエム本店";
  details.email = "honten@example.com";
  const auto request = CorrectionOf(venue, details);

  const auto corrected = scene.editor.Correct(request, scene.violations);
  const auto again = scene.editor.Correct(request, scene.violations);

  REQUIRE(corrected.ok());
  CHECK(corrected->venue.details == details);
  CHECK(corrected->certificate->version == 2);
  REQUIRE(again.ok());
  CHECK(again->certificate == corrected->certificate);
  const auto mails = scene.shared.QueuedMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].to == "honten@example.com");
  CHECK(std::get<CertificateMail>(mails[0].content).version == 2);
  const auto change = scene.FileOf(venue.id).changes.front();
  CHECK(change.action == "corrected");
  CHECK(change.reason == "電話で確認");
  CHECK(change.fields == std::vector<std::string>{"name", "email"});
}

TEST_CASE("the log has the officer and the fields, and neither reason nor values") {
  DeskScene scene;
  const Venue venue = scene.Add();
  auto details = venue.details;
  details.phone = "";
  REQUIRE(scene.editor.Correct(CorrectionOf(venue, details), scene.violations).ok());
  const AuditNote note = scene.last_note();
  CHECK(note.actor == kDeskOfficer);
  CHECK(note.action == "venue.corrected");
  CHECK(note.subject == venue.id.value);
  CHECK(note.facts == std::vector<AuditFact>{{"fields", std::vector<std::string>{"phone"}},
                                             {"certificate_issued", false}});
  CHECK(scene.shared.QueuedMails().empty());
}

TEST_CASE("no correction undoes a withdrawal, nor makes a drill of a venue") {
  DeskScene scene;
  const Venue venue = scene.Add();
  REQUIRE(scene.decisions
              .Withdraw({.certificate_number = scene.FileOf(venue.id).certificates[0].number,
                         .reason = "虚偽",
                         .actor = kDeskOfficer})
              .ok());
  auto details = venue.details;
  details.name = "別の店";
  details.drill = true;
  const auto corrected = scene.editor.Correct(CorrectionOf(venue, details), scene.violations);
  REQUIRE(corrected.ok());
  CHECK_FALSE(corrected->venue.details.drill);
  CHECK(corrected->certificate->version == 1);
  CHECK(corrected->certificate->state == CertificateState::kWithdrawn);
}

TEST_CASE("wrong details are told field by field, rooms left behind by the mailbox") {
  DeskScene scene;
  const Venue venue = scene.Add();
  auto details = venue.details;
  details.name = "";
  details.kind = "x";
  CHECK(ReasonOf(scene.editor.Correct(CorrectionOf(venue, details), scene.violations).status()) ==
        "VENUE_INVALID");
  CHECK(scene.violations.size() >= 2);

  auto room = ExampleDetails();
  room.parent_venue_id = venue.id.value;
  const Venue inside = scene.Add(room);
  details = venue.details;
  details.email = "new@example.com";
  CHECK(ReasonOf(scene.editor.Correct(CorrectionOf(venue, details), scene.violations).status()) ==
        "VENUE_INVALID");
  REQUIRE(scene.violations.size() == 1);
  CHECK(scene.violations[0].field == "details.email");
  CHECK(scene.violations[0].reason == "HAS_ROOMS");

  room.email = "new@example.com";
  CHECK_FALSE(scene.editor.Correct(CorrectionOf(inside, room), scene.violations).ok());
  CHECK(scene.violations[0].reason == "PARENT_UNFIT");
}

TEST_CASE("an event that is over is corrected, but not moved into the past") {
  DeskScene scene;
  const Venue event = scene.Add(ExampleEvent(scene.now - absl::Hours(24 * 3)));
  auto details = event.details;
  details.phone = "";
  CHECK(scene.editor.Correct(CorrectionOf(event, details), scene.violations).ok());
  details.event_end = *details.event_end + absl::Hours(1);
  auto request = CorrectionOf(event, details);
  request.revision = 2;
  CHECK(ReasonOf(scene.editor.Correct(request, scene.violations).status()) == "VENUE_INVALID");
}

TEST_CASE("a venue is registered on a business's behalf without its mailbox being proved") {
  DeskScene scene;
  const auto request = OnBehalf();
  const auto first = scene.editor.RegisterOnBehalf(request, scene.violations);
  const auto again = scene.editor.RegisterOnBehalf(request, scene.violations);
  const auto twin = scene.editor.RegisterOnBehalf(OnBehalf(), scene.violations);

  REQUIRE(first.ok());
  CHECK(first->venue.details == ExampleDetails());
  CHECK(first->certificate->version == 1);
  REQUIRE(again.ok());
  CHECK(again->venue.id == first->venue.id);
  REQUIRE(twin.ok());
  CHECK(twin->venue.id != first->venue.id);
  CHECK(twin->venue.business_id == first->venue.business_id);
  CHECK(scene.MailsOf<CertificateMail>().size() == 2);
  const auto change = scene.FileOf(first->venue.id).changes.front();
  CHECK(change.actor == kDeskOfficer);
  CHECK(change.action == "registered");
  CHECK(change.reason == "電話での申し込み");

  auto bad = ExampleDetails();
  bad.email = "poem";
  CHECK(ReasonOf(scene.editor.RegisterOnBehalf(OnBehalf(bad), scene.violations).status()) ==
        "VENUE_INVALID");
  CHECK(scene.violations[0].reason == "BAD_EMAIL");
}

TEST_CASE("an unreachable store is the editor's UNAVAILABLE") {
  DeskScene scene;
  const Venue venue = scene.Add();
  auto details = venue.details;
  details.phone = "";
  const auto down = absl::UnavailableError("down");
  const auto correct = [&] {
    return scene.editor.Correct(CorrectionOf(venue, details), scene.violations).status();
  };
  scene.entries.FailNext(down);
  CHECK(correct() == down);
  scene.decision_store.FailNext(down);
  CHECK(correct() == down);
  CHECK(scene.FileOf(venue.id).changes.size() == 1);
  scene.venues.FailNext(down);
  CHECK(scene.editor.RegisterOnBehalf(OnBehalf(), scene.violations).status() == down);
  scene.entries.FailNext(down);
  CHECK(scene.editor.RegisterOnBehalf(OnBehalf(), scene.violations).status() == down);
}

}  // namespace
}  // namespace oshirase::registry

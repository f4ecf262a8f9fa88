#include "services/registry/domain/venue_keeper.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/registry/testing/business_scene.h"

namespace oshirase::registry {
namespace {

VenueDetails Named(const std::string& name) {
  auto details = ExampleDetails();
  details.name = name;
  return details;
}

// A change of the scene's venue as it now is.
UpdateRequest ChangeTo(BusinessScene& scene, const Holder& holder, VenueDetails details) {
  return {.request_id = ids::NewUuid(),
          .venue_id = scene.venue_id,
          .revision = scene.keeper.Get(holder, scene.venue_id)->venue.revision,
          .details = std::move(details)};
}

TEST_CASE("a further venue belongs to the business, whatever address it names") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  auto details = Named("別館");
  details.email = "evil@example.com";
  details.drill = true;

  const auto added = scene.keeper.Add(holder, ids::NewUuid(), details, scene.violations);

  REQUIRE(added.ok());
  CHECK(added->venue.details.email == "poem@example.com");
  CHECK_FALSE(added->venue.details.drill);
  CHECK(added->certificate->version == 1);
  CHECK(scene.keeper.GetBusiness(holder)->venue_count == 2);
  const auto mails = scene.MailsOf<CertificateMail>();
  REQUIRE(mails.size() == 2);
  CHECK(mails[1].venue_code == added->venue.code);
}

TEST_CASE("adding twice with one request id adds once") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  const std::string request_id = ids::NewUuid();

  const auto first = scene.keeper.Add(holder, request_id, Named("別館"), scene.violations);
  const auto second = scene.keeper.Add(holder, request_id, Named("別館"), scene.violations);

  REQUIRE(second.ok());
  CHECK(first->venue.id == second->venue.id);
  CHECK(scene.MailsOf<CertificateMail>().size() == 2);  // with the one of the registration
}

TEST_CASE("a place that the business has is told at its name") {
  BusinessScene scene;
  const Holder holder = scene.Register();

  const auto added = scene.keeper.Add(holder, ids::NewUuid(), Named("喫茶 ﾎﾟｴﾑ"), scene.violations);

  CHECK(ReasonOf(added.status()) == "VENUE_INVALID");
  REQUIRE(scene.violations.size() == 1);
  CHECK(scene.violations[0].field == "details.name");
  CHECK(scene.violations[0].reason == "ALREADY_REGISTERED");
}

TEST_CASE("a room needs a house of the same business") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  auto room = Named("会議室A");
  room.parent_venue_id = scene.venue_id.value;
  CHECK(scene.keeper.Add(holder, ids::NewUuid(), room, scene.violations).ok());

  room.name = "会議室B";
  room.parent_venue_id = ids::NewUuid();
  CHECK_FALSE(scene.keeper.Add(holder, ids::NewUuid(), room, scene.violations).ok());
  REQUIRE(scene.violations.size() == 1);
  CHECK(scene.violations[0].reason == "PARENT_UNFIT");
}

TEST_CASE("a change that the sheet shows brings the next certificate by mail") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  auto details = ExampleDetails();
  details.measure_ids.emplace_back("masks-guests");

  const auto updated =
      scene.keeper.Update(holder, ChangeTo(scene, holder, details), scene.violations);

  REQUIRE(updated.ok());
  CHECK(updated->certificate_issued);
  CHECK(updated->venue.certificate->version == 2);
  CHECK(updated->venue.venue.revision == 2);
  const auto mails = scene.MailsOf<CertificateMail>();
  REQUIRE(mails.size() == 2);
  CHECK(mails[1].version == 2);
  const auto note = scene.audit.notes().back();
  CHECK(note.action == "venue.changed");
  CHECK(std::get<std::vector<std::string>>(note.facts[0].value) ==
        std::vector<std::string>{"measure_ids"});
}

TEST_CASE("a change that no sheet shows brings none") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  auto details = ExampleDetails();
  details.listed = true;
  details.phone = "045-999-0000";

  const auto updated =
      scene.keeper.Update(holder, ChangeTo(scene, holder, details), scene.violations);

  REQUIRE(updated.ok());
  CHECK_FALSE(updated->certificate_issued);
  CHECK(updated->venue.certificate->version == 1);
  CHECK(scene.MailsOf<CertificateMail>().size() == 1);
}

TEST_CASE("of two changes from one page the second is told to look again") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  const auto first = ChangeTo(scene, holder, Named("一"));
  const auto second = ChangeTo(scene, holder, Named("二"));

  REQUIRE(scene.keeper.Update(holder, first, scene.violations).ok());
  CHECK(ReasonOf(scene.keeper.Update(holder, second, scene.violations).status()) ==
        "VENUE_CHANGED");
  CHECK(scene.keeper.Get(holder, scene.venue_id)->venue.details.name == "一");
}

TEST_CASE("a repeated change is made once and answered alike") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  const auto request = ChangeTo(scene, holder, Named("一"));

  REQUIRE(scene.keeper.Update(holder, request, scene.violations).ok());
  const auto again = scene.keeper.Update(holder, request, scene.violations);

  REQUIRE(again.ok());
  CHECK(again->certificate_issued);
  CHECK(again->venue.certificate->version == 2);
  CHECK(scene.MailsOf<CertificateMail>().size() == 2);
}

TEST_CASE("an event that is over can be corrected, but not moved into the past") {
  BusinessScene scene;
  auto details = ExampleEvent(scene.now);
  const Holder holder = scene.Register(details);
  scene.now += absl::Hours(24);
  details.listed = true;
  CHECK(scene.keeper.Update(holder, ChangeTo(scene, holder, details), scene.violations).ok());

  *details.event_end -= absl::Hours(1);
  CHECK_FALSE(scene.keeper.Update(holder, ChangeTo(scene, holder, details), scene.violations).ok());
  REQUIRE(scene.violations.size() == 1);
  CHECK(scene.violations[0].reason == "EVENT_OVER");
}

TEST_CASE("another business's venue is none") {
  BusinessScene scene;
  scene.Register();
  const VenueId theirs = scene.venue_id;
  auto details = ExampleDetails();
  details.email = "other@example.com";
  const Holder other = scene.Register(details);
  const auto not_found = [](const auto& result) {
    return ReasonOf(result.status()) == "VENUE_NOT_FOUND";
  };

  CHECK(not_found(scene.keeper.Get(other, theirs)));
  CHECK(not_found(scene.keeper.Update(
      other, {.request_id = ids::NewUuid(), .venue_id = theirs, .revision = 1, .details = details},
      scene.violations)));
  CHECK(not_found(scene.keeper.ReplaceCode(other, theirs, ids::NewUuid(), absl::Hours(1))));
  CHECK(not_found(scene.keeper.SetState(other, theirs, VenueState::kClosed)));
  CHECK(scene.keeper.List(other, 20, "")->venues.size() == 1);
}

TEST_CASE("a replaced code is new, and the end of the old one is told") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  const auto before = scene.keeper.Get(holder, scene.venue_id);

  const auto replaced =
      scene.keeper.ReplaceCode(holder, scene.venue_id, ids::NewUuid(), absl::Hours(2));

  REQUIRE(replaced.ok());
  CHECK(replaced->venue.code != before->venue.code);
  CHECK(replaced->old_code_end == scene.now + absl::Hours(2));
  CHECK(scene.audit.notes().back().actor == holder.actor);
}

TEST_CASE("a business closes and opens, but lifts no suspension") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  CHECK(scene.keeper.SetState(holder, scene.venue_id, VenueState::kClosed)->venue.state ==
        VenueState::kClosed);
  CHECK(scene.audit.actions().back() == "venue.closed");
  CHECK(scene.keeper.SetState(holder, scene.venue_id, VenueState::kOpen).ok());
  REQUIRE(scene.venues
              .SetState({.venue_id = scene.venue_id,
                         .state = VenueState::kSuspended,
                         .now = scene.now,
                         .note = ExampleNote("venue.suspended")})
              .ok());
  CHECK(ReasonOf(scene.keeper.SetState(holder, scene.venue_id, VenueState::kOpen).status()) ==
        "VENUE_SUSPENDED");
}

TEST_CASE("venues are listed newest first, a page at a time") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  for (int i = 0; i < 4; ++i) {
    scene.now += absl::Minutes(1);
    REQUIRE(
        scene.keeper.Add(holder, ids::NewUuid(), Named(absl::StrCat(i)), scene.violations).ok());
  }

  const auto first = scene.keeper.List(holder, 3, "");
  REQUIRE(first.ok());
  CHECK(first->venues.size() == 3);
  CHECK(first->venues[0].venue.details.name == "3");
  const auto rest = scene.keeper.List(holder, 3, first->next_page_token);
  REQUIRE(rest.ok());
  CHECK(rest->venues.size() == 2);
  CHECK(rest->next_page_token.empty());
  for (const auto* token : {"x", "1.x", "1", "x.y.z"})
    CHECK(ReasonOf(scene.keeper.List(holder, 3, token).status()) == "PAGE_TOKEN_INVALID");
}

TEST_CASE("an unreachable store makes upkeep UNAVAILABLE") {
  BusinessScene scene;
  const Holder holder = scene.Register();
  const auto down = absl::UnavailableError("down");

  scene.businesses.FailNext(down);
  CHECK(scene.keeper.GetBusiness(holder).status() == down);
  scene.own_venues.FailNext(down);
  CHECK(scene.keeper.Get(holder, scene.venue_id).status() == down);
  scene.own_venues.FailNext(down);
  CHECK(scene.keeper.List(holder, 1, "").status() == down);
  scene.venues.FailNext(down);
  CHECK(scene.keeper.Add(holder, ids::NewUuid(), Named("別館"), scene.violations).status() == down);
  const auto change = ChangeTo(scene, holder, Named("一"));
  scene.own_venues.FailNext(absl::OkStatus());
  scene.own_venues.FailNext(down);
  CHECK(scene.keeper.Update(holder, change, scene.violations).status() == down);
  scene.venues.FailNext(down);
  CHECK(scene.keeper.ReplaceCode(holder, scene.venue_id, ids::NewUuid(), absl::Hours(1)).status() ==
        down);
  scene.own_venues.FailNext(down);
  CHECK(scene.keeper.SetState(holder, scene.venue_id, VenueState::kClosed).status() == down);
}

}  // namespace
}  // namespace oshirase::registry

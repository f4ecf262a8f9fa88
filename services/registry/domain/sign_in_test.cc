#include "services/registry/domain/sign_in.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/testing/business_scene.h"

namespace oshirase::registry {
namespace {

TEST_CASE("nothing is registered before the mailbox is proved") {
  BusinessScene scene;

  const auto started =
      scene.sign_in.StartRegistration(ids::NewUuid(), ExampleDetails(), scene.violations);

  REQUIRE(started.ok());
  CHECK(started->link_expire_time == scene.now + absl::Hours(24));
  CHECK(scene.audit.actions().empty());
  const auto mails = scene.shared.QueuedMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].to == "poem@example.com");
  CHECK(std::get<ConfirmationMail>(mails[0].content).receipt_number == started->receipt_number);
  CHECK(started->receipt_number.size() == 9);
}

TEST_CASE("starting twice with one request id mails once and tells the same") {
  BusinessScene scene;
  const std::string request_id = ids::NewUuid();
  const auto first =
      scene.sign_in.StartRegistration(request_id, ExampleDetails(), scene.violations);
  scene.now += absl::Minutes(5);

  const auto second =
      scene.sign_in.StartRegistration(request_id, ExampleDetails(), scene.violations);

  CHECK(second->link_expire_time == first->link_expire_time);
  CHECK(second->receipt_number == first->receipt_number);
  CHECK(scene.shared.QueuedMails().size() == 1);
}

TEST_CASE("wrong details are told and no mail is sent") {
  BusinessScene scene;
  auto details = ExampleDetails();
  details.name = "";
  details.parent_venue_id = ids::NewUuid();

  const auto started = scene.sign_in.StartRegistration(ids::NewUuid(), details, scene.violations);

  CHECK(ReasonOf(started.status()) == "VENUE_INVALID");
  REQUIRE(scene.violations.size() == 2);
  CHECK(scene.violations[1].field == "details.parent_venue_id");
  CHECK(scene.shared.QueuedMails().empty());
}

TEST_CASE("the link makes venue, certificate and session, and mails the certificate") {
  BusinessScene scene;
  const std::string token = scene.MailedToken();

  const auto opened = scene.sign_in.Open(token);

  REQUIRE(opened.ok());
  CHECK(opened->expire_time == scene.now + absl::Hours(2));
  CHECK_FALSE(opened->already_registered);
  const auto holder = scene.credentials.OfSession(opened->token);
  const auto own = scene.keeper.Get(*holder, {opened->venue_id});
  REQUIRE(own.ok());
  const auto mails = scene.MailsOf<CertificateMail>();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].certificate_number == own->certificate->number);
  CHECK(mails[0].venue_code == own->venue.code);
  CHECK(scene.audit.notes().back().actor == holder->actor);
}

TEST_CASE("a business makes no drill venue") {
  BusinessScene scene;
  auto details = ExampleDetails();
  details.drill = true;
  const Holder holder = scene.Register(details);

  CHECK_FALSE(scene.keeper.Get(holder, scene.venue_id)->venue.details.drill);
}

TEST_CASE("looking at a link changes nothing, using it does once") {
  BusinessScene scene;
  const std::string token = scene.MailedToken();
  for (int i = 0; i < 3; ++i) {
    CHECK(scene.sign_in.CheckLink(token)->state == LinkState::kGood);
    CHECK(scene.sign_in.CheckLink(token)->purpose == LinkPurpose::kRegistration);
  }

  REQUIRE(scene.sign_in.Open(token).ok());

  CHECK(scene.sign_in.CheckLink(token)->state == LinkState::kUsed);
  CHECK(ReasonOf(scene.sign_in.Open(token).status()) == "LINK_USED");
  CHECK(scene.audit.actions() == std::vector<std::string>{"venue.registered"});
}

TEST_CASE("an old link is too old, and one of nobody is unknown") {
  BusinessScene scene;
  const std::string token = scene.MailedToken();
  scene.now += absl::Hours(24);

  CHECK(scene.sign_in.CheckLink(token)->state == LinkState::kExpired);
  CHECK(ReasonOf(scene.sign_in.Open(token).status()) == "LINK_EXPIRED");
  CHECK(ReasonOf(scene.sign_in.CheckLink("x").status()) == "LINK_UNKNOWN");
  CHECK(ReasonOf(scene.sign_in.Open("x").status()) == "LINK_UNKNOWN");
}

TEST_CASE("typing in the same place again leads to the venue there is, unchanged") {
  BusinessScene scene;
  scene.Register();
  const VenueId first = scene.venue_id;
  auto again = ExampleDetails();
  again.email = "POEM@example.com";
  again.own_measures = {"消毒"};

  const auto opened = scene.sign_in.Open(scene.MailedToken(again));

  REQUIRE(opened.ok());
  CHECK(opened->already_registered);
  CHECK(opened->venue_id == first.value);
  const auto holder = scene.credentials.OfSession(opened->token);
  CHECK(scene.keeper.Get(*holder, first)->venue.details == ExampleDetails());
  CHECK(scene.MailsOf<CertificateMail>().size() == 1);
}

TEST_CASE("the link for upkeep goes to whoever has venues, and nobody learns who has") {
  BusinessScene scene;
  const Holder holder = scene.Register();

  CHECK(scene.sign_in.RequestUpkeepLink("nobody@example.com").ok());
  CHECK(scene.MailsOf<UpkeepLinkMail>().empty());
  REQUIRE(scene.sign_in.RequestUpkeepLink("Poem@example.com").ok());
  REQUIRE(scene.MailsOf<UpkeepLinkMail>().size() == 1);
  const auto mail = scene.MailsOf<UpkeepLinkMail>()[0];
  CHECK(mail.link_expire_time == scene.now + absl::Minutes(30));
  CHECK(scene.sign_in.CheckLink(mail.link_token)->purpose == LinkPurpose::kUpkeep);

  const auto opened = scene.sign_in.Open(mail.link_token);
  REQUIRE(opened.ok());
  CHECK(opened->venue_id.empty());
  CHECK(scene.credentials.OfSession(opened->token)->business_id == holder.business_id);
  CHECK(ReasonOf(scene.sign_in.Open(mail.link_token).status()) == "LINK_USED");
}

TEST_CASE("a mailbox cannot be filled, whether anybody has it or not") {
  for (const auto* email : {"poem@example.com", "nobody@example.com"}) {
    BusinessScene scene;
    scene.Register();
    scene.now += absl::Hours(2);
    for (int i = 0; i < 5; ++i) CHECK(scene.sign_in.RequestUpkeepLink(email).ok());
    CHECK(ReasonOf(scene.sign_in.RequestUpkeepLink(email)) == "TOO_MANY_MAILS");
    scene.now += absl::Hours(1);
    CHECK(scene.sign_in.RequestUpkeepLink(email).ok());
  }
}

TEST_CASE("an ended session is over") {
  BusinessScene scene;
  const auto opened = scene.sign_in.Open(scene.MailedToken());

  REQUIRE(scene.sign_in.Close(opened->token).ok());
  REQUIRE(scene.sign_in.Close(opened->token).ok());

  CHECK(ReasonOf(scene.credentials.OfSession(opened->token).status()) == "SESSION_ENDED");
}

TEST_CASE("a code that is taken is drawn anew, and the link still works") {
  BusinessScene scene;
  const std::string token = scene.MailedToken();
  scene.own_venues.FailNext(absl::AlreadyExistsError("taken"));

  CHECK(scene.sign_in.Open(token).ok());
}

TEST_CASE("an unreachable store is the caller's UNAVAILABLE, and nothing is used up") {
  BusinessScene scene;
  const std::string token = scene.MailedToken();
  const auto down = absl::UnavailableError("down");

  scene.businesses.FailNext(down);
  CHECK(scene.sign_in.StartRegistration(ids::NewUuid(), ExampleDetails(), scene.violations)
            .status() == down);
  scene.businesses.FailNext(down);
  CHECK(scene.sign_in.CheckLink(token).status() == down);
  scene.businesses.FailNext(down);
  CHECK(scene.sign_in.Open(token).status() == down);
  scene.own_venues.FailNext(down);
  CHECK(scene.sign_in.Open(token).status() == down);
  scene.businesses.FailNext(down);
  CHECK(scene.sign_in.Close("x") == down);
  scene.businesses.FailNext(down);
  CHECK(scene.sign_in.RequestUpkeepLink("poem@example.com") == down);

  CHECK(scene.sign_in.Open(token).ok());
}

}  // namespace
}  // namespace oshirase::registry

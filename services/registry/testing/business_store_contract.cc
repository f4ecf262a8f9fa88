#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/testing/example_business.h"

namespace oshirase::registry {
namespace {

void KeepsRegistrations(BusinessStores& stores) {
  const ExampleLink link;
  const PendingRegistration pending{.request_id = ids::NewUuid(), .details = ExampleDetails()};

  const auto kept = stores.businesses.KeepRegistration(pending, link.AsNew(), ExampleLimit());

  REQUIRE(kept.ok());
  CHECK(*kept == link.AsNew().expire_time);
  const auto found = stores.businesses.FindLink(link.token.hash);
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->expire_time == link.AsNew().expire_time);
  CHECK_FALSE((*found)->use_time.has_value());
  const auto& registration = std::get<Link::Registration>((*found)->opens);
  CHECK(registration.request_id == pending.request_id);
  CHECK(registration.details == pending.details);
  CHECK_FALSE(stores.businesses.FindLink(NewToken().hash)->has_value());
}

void RepeatedRegistration(BusinessStores& stores) {
  const ExampleLink first;
  const ExampleLink second;
  const PendingRegistration pending{.request_id = ids::NewUuid(), .details = ExampleDetails()};
  auto later = second.AsNew();
  later.expire_time += absl::Hours(1);

  REQUIRE(stores.businesses.KeepRegistration(pending, first.AsNew(), ExampleLimit()).ok());
  const auto again = stores.businesses.KeepRegistration(pending, later, ExampleLimit());

  REQUIRE(again.ok());
  CHECK(*again == first.AsNew().expire_time);
  CHECK_FALSE(stores.businesses.FindLink(second.token.hash)->has_value());
}

void LimitsMails(BusinessStores& stores) {
  const auto keep = [&](const std::string& email) {
    return stores.businesses.KeepUpkeepLink(ExampleLink(email).AsNew(), ExampleLimit());
  };
  for (int i = 0; i < 5; ++i) REQUIRE(keep("Poem@Example.com").ok());

  CHECK(ReasonOf(keep("poem@example.com")) == "TOO_MANY_MAILS");
  CHECK(keep("prose@example.com").ok());
  CHECK(ReasonOf(stores.businesses
                     .KeepRegistration({.request_id = ids::NewUuid(), .details = ExampleDetails()},
                                       ExampleLink().AsNew(), ExampleLimit())
                     .status()) == "TOO_MANY_MAILS");
  const MailLimit later{.max = 5, .since = kExampleNow};
  CHECK(stores.businesses.KeepUpkeepLink(ExampleLink().AsNew(), later).ok());
}

void UpkeepLinks(BusinessStores& stores) {
  const LinkedVenue linked = RegisterByLink(stores);
  const ExampleLink link("POEM@example.com");
  const ExampleLink stranger("nobody@example.com");
  REQUIRE(stores.businesses.KeepUpkeepLink(link.AsNew(), ExampleLimit()).ok());
  REQUIRE(stores.businesses.KeepUpkeepLink(stranger.AsNew(), ExampleLimit()).ok());
  const Session session = ExampleSession();

  const auto used = stores.businesses.UseUpkeepLink(link.token.hash, session);

  REQUIRE(used.ok());
  CHECK(*used == linked.business_id);
  CHECK(*stores.businesses.FindSession(session.token_hash, kExampleNow) == linked.business_id);
  const auto again = stores.businesses.UseUpkeepLink(link.token.hash, ExampleSession());
  CHECK(ReasonOf(again.status()) == "LINK_USED");
  CHECK((*stores.businesses.FindLink(link.token.hash))->use_time.has_value());
  CHECK_FALSE(stores.businesses.FindLink(stranger.token.hash)->has_value());
  CHECK(ReasonOf(stores.businesses.UseUpkeepLink(NewToken().hash, session).status()) ==
        "LINK_UNKNOWN");
}

void OldLinks(BusinessStores& stores) {
  RegisterByLink(stores);
  const ExampleLink link;
  REQUIRE(stores.businesses.KeepUpkeepLink(link.AsNew(), ExampleLimit()).ok());

  const auto late = ExampleSession(link.AsNew().expire_time);
  CHECK(ReasonOf(stores.businesses.UseUpkeepLink(link.token.hash, late).status()) ==
        "LINK_EXPIRED");
  const auto in_time = ExampleSession(late.create_time - absl::Seconds(1));
  CHECK(stores.businesses.UseUpkeepLink(link.token.hash, in_time).ok());
}

void RegistrationIsNoUpkeep(BusinessStores& stores) {
  const ExampleLink link;
  REQUIRE(stores.businesses
              .KeepRegistration({.request_id = ids::NewUuid(), .details = ExampleDetails()},
                                link.AsNew(), ExampleLimit())
              .ok());

  CHECK(ReasonOf(stores.businesses.UseUpkeepLink(link.token.hash, ExampleSession()).status()) ==
        "LINK_UNKNOWN");
  CHECK_FALSE((*stores.businesses.FindLink(link.token.hash))->use_time.has_value());
}

void Sessions(BusinessStores& stores) {
  RegisterByLink(stores);
  const ExampleLink link;
  REQUIRE(stores.businesses.KeepUpkeepLink(link.AsNew(), ExampleLimit()).ok());
  const Session session = ExampleSession();
  REQUIRE(stores.businesses.UseUpkeepLink(link.token.hash, session).ok());
  const auto is_open = [&](absl::Time now) {
    return stores.businesses.FindSession(session.token_hash, now)->has_value();
  };

  CHECK(is_open(session.expire_time - absl::Seconds(1)));
  CHECK_FALSE(is_open(session.expire_time));
  REQUIRE(stores.businesses.EndSession(session.token_hash).ok());
  CHECK_FALSE(is_open(kExampleNow));
  CHECK(stores.businesses.EndSession(session.token_hash).ok());
}

void TellsOfABusiness(BusinessStores& stores) {
  const LinkedVenue first = RegisterByLink(stores);
  auto details = ExampleDetails();
  details.name = "別館";
  details.email = "POEM@example.com";
  const LinkedVenue second = RegisterByLink(stores, details);

  CHECK(second.business_id == first.business_id);
  const auto business = stores.businesses.FindBusiness(first.business_id);
  REQUIRE(business.ok());
  REQUIRE(business->has_value());
  CHECK((*business)->email == "poem@example.com");
  CHECK((*business)->name == "ポエム商会");
  CHECK((*business)->venue_count == 2);
  CHECK_FALSE(stores.businesses.FindBusiness({ids::NewUuid()})->has_value());
}

void Sweeps(BusinessStores& stores) {
  RegisterByLink(stores);
  const ExampleLink waiting;
  const absl::Time end = waiting.AsNew().expire_time;
  const PendingRegistration pending{.request_id = ids::NewUuid(), .details = ExampleDetails()};
  REQUIRE(stores.businesses.KeepRegistration(pending, waiting.AsNew(), ExampleLimit()).ok());
  const auto details = [&] {
    const auto link = stores.businesses.FindLink(waiting.token.hash);
    return std::get<Link::Registration>((*link)->opens).details;
  };

  REQUIRE(stores.businesses.Sweep(end - absl::Seconds(1)).ok());
  CHECK(details().has_value());
  REQUIRE(stores.businesses.Sweep(end).ok());
  CHECK_FALSE(details().has_value());
  REQUIRE(stores.businesses.Sweep(end + kLinkMemory).ok());
  CHECK_FALSE(stores.businesses.FindLink(waiting.token.hash)->has_value());
}

}  // namespace

const Contract<BusinessStores>& BusinessStoreContract() {
  static const Contract<BusinessStores> cases = {
      {"a registration waits behind its link", KeepsRegistrations},
      {"a repeated registration keeps the first link alone", RepeatedRegistration},
      {"a mailbox gets so many mails an hour and no more, however it is typed", LimitsMails},
      {"a link for upkeep opens one session of its business", UpkeepLinks},
      {"a link works until it expires", OldLinks},
      {"a registration's link opens no upkeep", RegistrationIsNoUpkeep},
      {"a session ends by itself or when it is ended", Sessions},
      {"one mailbox is one business", TellsOfABusiness},
      {"what was typed is forgotten with the link, the link a week later", Sweeps},
  };
  return cases;
}

}  // namespace oshirase::registry

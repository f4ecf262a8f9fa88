#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/testing/example_business.h"

namespace oshirase::registry {
namespace {

VenueDetails Named(const std::string& name) {
  auto details = ExampleDetails();
  details.name = name;
  return details;
}

// A venue registered by link, as its business sees it.
OwnVenue Registered(BusinessStores& stores, const VenueDetails& details = ExampleDetails()) {
  return FindOwn(stores, RegisterByLink(stores, details));
}

void AddsByLink(BusinessStores& stores) {
  const ExampleLink link;
  const std::string request_id = ids::NewUuid();
  REQUIRE(stores.businesses
              .KeepRegistration({.request_id = request_id, .details = ExampleDetails()},
                                link.AsNew(), ExampleLimit())
              .ok());
  const auto addition = ExampleLinked(link, request_id);

  const auto linked = stores.own_venues.AddByLink(addition);

  REQUIRE(linked.ok());
  CHECK_FALSE(linked->already_registered);
  const OwnVenue own = FindOwn(stores, *linked);
  CHECK(own.venue.details == ExampleDetails());
  CHECK(own.venue.business_id == linked->business_id);
  CHECK(own.venue.revision == 1);
  REQUIRE(own.certificate.has_value());
  CHECK(own.certificate->number == addition.addition.certificate.number);
  CHECK(own.certificate->sheet == addition.addition.certificate.sheet);
  CHECK(own.certificate->state == CertificateState::kCurrent);
  CHECK_FALSE(own.old_code_end.has_value());
  CHECK(*stores.businesses.FindSession(addition.session.token_hash, kExampleNow) ==
        linked->business_id);
  const auto link_after = stores.businesses.FindLink(link.token.hash);
  CHECK_FALSE(std::get<Link::Registration>((*link_after)->opens).details.has_value());
}

void LinksWorkOnce(BusinessStores& stores) {
  const ExampleLink link;
  const std::string request_id = ids::NewUuid();
  REQUIRE(stores.businesses
              .KeepRegistration({.request_id = request_id, .details = ExampleDetails()},
                                link.AsNew(), ExampleLimit())
              .ok());
  REQUIRE(stores.own_venues.AddByLink(ExampleLinked(link, request_id)).ok());

  const auto again = stores.own_venues.AddByLink(ExampleLinked(link, request_id));

  CHECK(ReasonOf(again.status()) == "LINK_USED");
  const ExampleLink none;
  CHECK(ReasonOf(stores.own_venues.AddByLink(ExampleLinked(none, request_id)).status()) ==
        "LINK_UNKNOWN");
}

void SamePlaceByLink(BusinessStores& stores) {
  const LinkedVenue first = RegisterByLink(stores);
  auto again = ExampleDetails();
  again.name = " 喫茶ﾎﾟｴﾑ";
  again.own_measures = {"消毒"};

  const LinkedVenue second = RegisterByLink(stores, again);

  CHECK(second.already_registered);
  CHECK(second.venue_id == first.venue_id);
  CHECK(FindOwn(stores, first).venue.details == ExampleDetails());
  CHECK_FALSE(RegisterByLink(stores, Named("別館")).already_registered);
  auto elsewhere = ExampleDetails();
  elsewhere.email = "other@example.com";
  CHECK_FALSE(RegisterByLink(stores, elsewhere).already_registered);
}

void ClosedPlaceByLink(BusinessStores& stores) {
  const OwnVenue own = Registered(stores);
  REQUIRE(stores.own_venues
              .SetOwnState({.venue_id = own.venue.id,
                            .business_id = own.venue.business_id,
                            .state = VenueState::kClosed,
                            .now = kExampleNow,
                            .note = ExampleNote("venue.closed")})
              .ok());
  CHECK_FALSE(RegisterByLink(stores).already_registered);
}

void OnlyOwn(BusinessStores& stores) {
  const OwnVenue own = Registered(stores);
  auto details = ExampleDetails();
  details.email = "other@example.com";
  const OwnVenue other = Registered(stores, details);

  CHECK_FALSE(stores.own_venues.Find(own.venue.id, other.venue.business_id)->has_value());
  auto update = ExampleUpdate(own, Named("新しい名前"));
  update.business_id = other.venue.business_id;
  CHECK(ReasonOf(stores.own_venues.Update(update).status()) == "VENUE_NOT_FOUND");
  CHECK(ReasonOf(stores.own_venues
                     .SetOwnState({.venue_id = own.venue.id,
                                   .business_id = other.venue.business_id,
                                   .state = VenueState::kClosed,
                                   .now = kExampleNow,
                                   .note = ExampleNote("venue.closed")})
                     .status()) == "VENUE_NOT_FOUND");
}

void Updates(BusinessStores& stores) {
  const OwnVenue own = Registered(stores);
  auto details = Named("新しい名前");
  details.measure_ids = {"masks-guests"};
  details.own_measures = {};
  details.listed = true;

  const auto updated = stores.own_venues.Update(ExampleUpdate(own, details));

  REQUIRE(updated.ok());
  CHECK(updated->certificate_issued);
  CHECK(updated->venue.venue.details == details);
  CHECK(updated->venue.venue.revision == 2);
  CHECK(updated->venue.certificate->version == 2);
  CHECK(updated->venue.certificate->state == CertificateState::kCurrent);
  CHECK(updated->venue.certificate->sheet.measures.at(0).is_new);
  const auto before = stores.own_venues.FindByCertificate(own.certificate->number);
  REQUIRE(before.ok());
  REQUIRE(before->has_value());
  CHECK((*before)->certificate->state == CertificateState::kSuperseded);
  CHECK((*before)->certificate->sheet == own.certificate->sheet);
  CHECK((*before)->venue.id == own.venue.id);
}

void UpdatesWithoutCertificate(BusinessStores& stores) {
  const OwnVenue own = Registered(stores);
  auto details = ExampleDetails();
  details.listed = true;

  const auto updated = stores.own_venues.Update(ExampleUpdate(own, details));

  REQUIRE(updated.ok());
  CHECK_FALSE(updated->certificate_issued);
  CHECK(updated->venue.venue.details.listed);
  CHECK(updated->venue.certificate->number == own.certificate->number);
}

void RepeatedUpdate(BusinessStores& stores) {
  const OwnVenue own = Registered(stores);
  const auto update = ExampleUpdate(own, Named("新しい名前"));
  REQUIRE(stores.own_venues.Update(update).ok());

  const auto again = stores.own_venues.Update(update);

  REQUIRE(again.ok());
  CHECK(again->certificate_issued);
  CHECK(again->venue.venue.revision == 2);
  CHECK(again->venue.certificate->version == 2);
  auto elsewhere = ExampleUpdate(Registered(stores, Named("別館")), Named("新館"));
  elsewhere.request_id = update.request_id;
  CHECK(ReasonOf(stores.own_venues.Update(elsewhere).status()) == "REQUEST_ID_REUSED");
}

void StaleUpdate(BusinessStores& stores) {
  const OwnVenue own = Registered(stores);
  REQUIRE(stores.own_venues.Update(ExampleUpdate(own, Named("新しい名前"))).ok());

  const auto stale = stores.own_venues.Update(ExampleUpdate(own, Named("別の名前")));

  CHECK(absl::IsAborted(stale.status()));
  CHECK(ReasonOf(stale.status()) == "VENUE_CHANGED");
  CHECK(FindOwn(stores, {own.venue.business_id, own.venue.id}).venue.details.name == "新しい名前");
}

void EmptyUpdate(BusinessStores& stores) {
  const OwnVenue own = Registered(stores);

  const auto updated = stores.own_venues.Update(ExampleUpdate(own, ExampleDetails()));

  REQUIRE(updated.ok());
  CHECK_FALSE(updated->certificate_issued);
  CHECK(updated->venue.venue.revision == 1);
}

void PlacesAndRooms(BusinessStores& stores) {
  const OwnVenue house = Registered(stores);
  const OwnVenue annex = Registered(stores, Named("別館"));
  auto room = Named("会議室A");
  room.parent_venue_id = house.venue.id.value;
  const auto moved = stores.own_venues.Update(ExampleUpdate(annex, room));
  REQUIRE(moved.ok());
  CHECK(moved->venue.venue.details.parent_venue_id == house.venue.id.value);

  const OwnVenue third = Registered(stores, Named("新館"));
  const auto reason = [&](const OwnVenue& own, const VenueDetails& details) {
    return ReasonOf(stores.own_venues.Update(ExampleUpdate(own, details)).status());
  };
  CHECK(reason(third, ExampleDetails()) == "VENUE_ALREADY_REGISTERED");
  for (const auto& parent : {annex.venue.id.value, third.venue.id.value, ids::NewUuid()}) {
    auto details = Named("会議室B");
    details.parent_venue_id = parent;
    CHECK(reason(third, details) == "PARENT_UNFIT");
  }
  auto house_as_room = ExampleDetails();
  house_as_room.parent_venue_id = third.venue.id.value;
  CHECK(reason(house, house_as_room) == "PARENT_UNFIT");  // it has a room itself
}

void OwnStates(BusinessStores& stores) {
  const OwnVenue own = Registered(stores);
  const auto set = [&](VenueState state) {
    return stores.own_venues.SetOwnState({.venue_id = own.venue.id,
                                          .business_id = own.venue.business_id,
                                          .state = state,
                                          .now = kExampleNow,
                                          .note = ExampleNote("venue.closed")});
  };
  CHECK(set(VenueState::kClosed)->venue.state == VenueState::kClosed);
  CHECK(set(VenueState::kClosed)->venue.state == VenueState::kClosed);
  CHECK(set(VenueState::kOpen)->venue.state == VenueState::kOpen);
  REQUIRE(stores.venues
              .SetState({.venue_id = own.venue.id,
                         .state = VenueState::kSuspended,
                         .now = kExampleNow,
                         .note = ExampleNote("venue.suspended")})
              .ok());
  CHECK(ReasonOf(set(VenueState::kOpen).status()) == "VENUE_SUSPENDED");
  CHECK(ReasonOf(set(VenueState::kClosed).status()) == "VENUE_SUSPENDED");
}

void ReplacedCodeEnds(BusinessStores& stores) {
  const OwnVenue own = Registered(stores);
  REQUIRE(stores.venues
              .ReplaceCode({.venue_id = own.venue.id,
                            .request_id = ids::NewUuid(),
                            .new_code = ids::NewVenueCode().value,
                            .now = kExampleNow,
                            .grace = absl::Hours(3)},
                           ExampleNote("venue.code-replaced"))
              .ok());
  CHECK(FindOwn(stores, {own.venue.business_id, own.venue.id}).old_code_end ==
        kExampleNow + absl::Hours(3));
}

}  // namespace

const Contract<BusinessStores>& OwnVenueStoreContract() {
  static const Contract<BusinessStores> cases = {
      {"a registration's link makes venue, certificate and session", AddsByLink},
      {"a registration's link works once", LinksWorkOnce},
      {"the same place of the same mailbox is not registered twice", SamePlaceByLink},
      {"a place that was closed can be registered anew", ClosedPlaceByLink},
      {"a venue of another business is none", OnlyOwn},
      {"a change supersedes the certificate", Updates},
      {"a change that no sheet shows leaves the certificate", UpdatesWithoutCertificate},
      {"a repeated change changes nothing and tells the same", RepeatedUpdate},
      {"a change of an older revision is refused", StaleUpdate},
      {"a change of nothing is none", EmptyUpdate},
      {"one place is one venue, and a room has one venue above it", PlacesAndRooms},
      {"a business opens and closes, but lifts no suspension", OwnStates},
      {"the end of a replaced code is told", ReplacedCodeEnds},
  };
  return cases;
}

}  // namespace oshirase::registry

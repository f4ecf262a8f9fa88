#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/registry/domain/twin_key.h"
#include "services/registry/testing/example_business.h"

namespace oshirase::registry {
namespace {

VenueBatch Batch(const BusinessId& business_id, int size) {
  VenueBatch batch{.request_id = ids::NewUuid(),
                   .business_id = business_id,
                   .additions = {},
                   .now = kExampleNow,
                   .note = ExampleNote("venues.imported"),
                   .mails = {}};
  for (int i = 0; i < size; ++i) {
    auto details = ExampleDetails();
    details.name = absl::StrCat("支店", i);
    auto addition = ExampleAddition(
        ExampleVenue(kExampleNow - absl::Hours(1) - absl::Microseconds(i), details));
    addition.twins = Twins::kRefused;
    batch.additions.push_back(std::move(addition));
  }
  return batch;
}

int CountOf(BusinessStores& stores, const BusinessId& id) {
  return (*stores.businesses.FindBusiness(id))->venue_count;
}

void AddsAll(BusinessStores& stores) {
  const BusinessId id = RegisterByLink(stores).business_id;
  const auto batch = Batch(id, 3);
  CHECK_FALSE(stores.own_venues.FindBatch(batch.request_id, id)->has_value());

  const auto added = stores.own_venues.AddBatch(batch);

  REQUIRE(added.ok());
  CHECK(*added == 3);
  CHECK(CountOf(stores, id) == 4);
  for (const auto& addition : batch.additions) {
    const OwnVenue own = FindOwn(stores, {id, addition.venue.id});
    CHECK(own.venue.details == addition.venue.details);
    CHECK(own.venue.code == addition.venue.code);
    CHECK(own.certificate->number == addition.certificate.number);
  }
  CHECK(*stores.own_venues.FindBatch(batch.request_id, id) == 3);
}

void RepeatedBatch(BusinessStores& stores) {
  const BusinessId id = RegisterByLink(stores).business_id;
  auto batch = Batch(id, 2);
  REQUIRE(stores.own_venues.AddBatch(batch).ok());

  const auto again = stores.own_venues.AddBatch(batch);

  REQUIRE(again.ok());
  CHECK(*again == 2);
  CHECK(CountOf(stores, id) == 3);
  auto details = ExampleDetails();
  details.email = "other@example.com";
  const BusinessId other = RegisterByLink(stores, details).business_id;
  CHECK(ReasonOf(stores.own_venues.FindBatch(batch.request_id, other).status()) ==
        "REQUEST_ID_REUSED");
  batch.business_id = other;
  CHECK(ReasonOf(stores.own_venues.AddBatch(batch).status()) == "REQUEST_ID_REUSED");
}

void AddsNone(BusinessStores& stores) {
  const LinkedVenue first = RegisterByLink(stores);
  const BusinessId& id = first.business_id;
  auto twin = Batch(id, 2);
  twin.additions[1].venue.details = ExampleDetails();
  CHECK(ReasonOf(stores.own_venues.AddBatch(twin).status()) == "VENUE_ALREADY_REGISTERED");
  auto taken = Batch(id, 2);
  taken.additions[1].venue.code = FindOwn(stores, first).venue.code;
  CHECK(absl::IsAlreadyExists(stores.own_venues.AddBatch(taken).status()));
  auto orphan = Batch(id, 2);
  orphan.additions[1].venue.details.parent_venue_id = ids::NewUuid();
  CHECK(ReasonOf(stores.own_venues.AddBatch(orphan).status()) == "PARENT_UNFIT");

  CHECK(CountOf(stores, id) == 1);
  CHECK_FALSE(stores.own_venues.FindBatch(taken.request_id, id)->has_value());
}

void FindsTwins(BusinessStores& stores) {
  const BusinessId id = RegisterByLink(stores).business_id;
  auto other = ExampleDetails();
  other.name = "別館";

  const auto twins =
      stores.own_venues.FindTwins(id, {TwinKeyOf(other), TwinKeyOf(ExampleDetails())});

  REQUIRE(twins.ok());
  CHECK(*twins == std::vector<crypto::Digest>{TwinKeyOf(ExampleDetails())});
  CHECK(stores.own_venues.FindTwins(id, {})->empty());
}

void Lists(BusinessStores& stores) {
  const BusinessId id = RegisterByLink(stores).business_id;
  REQUIRE(stores.own_venues.AddBatch(Batch(id, 5)).ok());
  auto details = ExampleDetails();
  details.email = "other@example.com";
  RegisterByLink(stores, details);

  std::vector<std::string> names;
  std::optional<VenueCursor> after;
  while (true) {
    const auto page = stores.own_venues.List(id, after, 2);
    REQUIRE(page.ok());
    if (page->empty()) break;
    for (const auto& own : *page) names.push_back(own.venue.details.name);
    after = VenueCursor{page->back().venue.create_time, page->back().venue.id};
  }

  CHECK(names ==
        std::vector<std::string>{"喫茶ポエム", "支店0", "支店1", "支店2", "支店3", "支店4"});
}

}  // namespace

const Contract<BusinessStores>& VenueBatchContract() {
  static const Contract<BusinessStores> cases = {
      {"a batch is registered whole", AddsAll},
      {"a repeated batch registers nothing and tells the same", RepeatedBatch},
      {"a batch with one venue that cannot be is not registered at all", AddsNone},
      {"places that the business has are told", FindsTwins},
      {"venues are listed newest first, a page at a time, and only the business's", Lists},
  };
  return cases;
}

}  // namespace oshirase::registry

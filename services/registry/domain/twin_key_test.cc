#include "services/registry/domain/twin_key.h"

#include <catch2/catch.hpp>
#include <functional>

#include "services/registry/testing/example_venue.h"

namespace oshirase::registry {
namespace {

bool SameAfter(const std::function<void(VenueDetails&)>& change) {
  auto details = ExampleEvent(absl::FromUnixSeconds(1'607'580'000));
  const auto before = TwinKeyOf(details);
  change(details);
  return TwinKeyOf(details) == before;
}

TEST_CASE("a place stays the same however it is typed, and whatever else is told of it") {
  CHECK(SameAfter([](auto& d) { d.name = "喫茶　ﾎﾟｴﾑ"; }));
  CHECK(SameAfter([](auto& d) {
    d.municipality = "";
    d.address = "横浜市 中区 日本大通 １";
  }));
  CHECK(SameAfter([](auto& d) { d.kind = "restaurant"; }));
  CHECK(SameAfter([](auto& d) { d.own_measures = {"消毒"}; }));
  CHECK(SameAfter([](auto& d) { d.phone = ""; }));
}

TEST_CASE("another name, address, house or date is another place") {
  CHECK_FALSE(SameAfter([](auto& d) { d.name = "喫茶ポエム別館"; }));
  CHECK_FALSE(SameAfter([](auto& d) { d.address = "日本大通2"; }));
  CHECK_FALSE(SameAfter([](auto& d) { d.parent_venue_id = ids::NewUuid(); }));
  CHECK_FALSE(SameAfter([](auto& d) { *d.event_start += absl::Hours(24); }));
}

TEST_CASE("names of symbols alone are told apart") {
  auto details = ExampleDetails();
  details.name = "☆☆☆";
  const auto stars = TwinKeyOf(details);
  details.name = "◎◎◎";

  CHECK(TwinKeyOf(details) != stars);
}

}  // namespace
}  // namespace oshirase::registry

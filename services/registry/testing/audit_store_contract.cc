#include <catch2/catch.hpp>

#include "services/registry/testing/example_venue.h"
#include "services/registry/testing/store_contracts.h"

namespace oshirase::registry {
namespace {

void AppendsInOrder(AuditStore& store) {
  for (const auto* action : {"test.one", "test.two", "test.three"})
    REQUIRE(store.Append(ExampleNote(action)).ok());

  const auto all = store.List(0, 10);
  REQUIRE(all.ok());
  REQUIRE(all->size() == 3);
  CHECK((*all)[0].seq == 1);
  CHECK((*all)[0].action == "test.one");
  CHECK((*all)[0].actor == "service/test");
  CHECK((*all)[2].seq == 3);
  const auto page = store.List(1, 1);
  REQUIRE(page->size() == 1);
  CHECK((*page)[0].action == "test.two");
  CHECK(store.List(3, 10)->empty());
}

}  // namespace

const Contract<AuditStore>& AuditStoreContract() {
  static const Contract<AuditStore> cases = {
      {"entries are listed in the order they were appended", AppendsInOrder},
  };
  return cases;
}

}  // namespace oshirase::registry

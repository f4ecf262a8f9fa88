#include <catch2/catch.hpp>

#include "services/registry/testing/fake_audit_store.h"
#include "services/registry/testing/fake_business_store.h"
#include "services/registry/testing/fake_officer_store.h"
#include "services/registry/testing/fake_own_venue_store.h"
#include "services/registry/testing/fake_statement_store.h"
#include "services/registry/testing/fake_venue_store.h"
#include "services/registry/testing/store_contracts.h"

namespace oshirase::registry {
namespace {

template <typename Fake, typename Store>
void CheckContract(const Contract<Store>& contract) {
  for (const auto& each : contract) {
    DYNAMIC_SECTION(each.name) {
      FakeAuditStore audit;
      Fake store(audit);
      each.run(store);
    }
  }
}

TEST_CASE("the fake venue store keeps the contract") {
  CheckContract<FakeVenueStore>(VenueStoreContract());
}

void CheckBusinessContract(const Contract<BusinessStores>& contract) {
  for (const auto& each : contract) {
    DYNAMIC_SECTION(each.name) {
      FakeAuditStore audit;
      FakeRegister shared(audit);
      FakeBusinessStore businesses(shared);
      FakeOwnVenueStore own_venues(shared);
      FakeVenueStore venues(shared);
      BusinessStores stores{businesses, own_venues, venues};
      each.run(stores);
    }
  }
}

TEST_CASE("the fake business store keeps the contract") {
  CheckBusinessContract(BusinessStoreContract());
}

TEST_CASE("the fake store of a business's venues keeps the contract") {
  CheckBusinessContract(OwnVenueStoreContract());
}

TEST_CASE("the fake store registers batches as the contract says") {
  CheckBusinessContract(VenueBatchContract());
}

TEST_CASE("the fake officer store keeps the contract") {
  CheckContract<FakeOfficerStore>(OfficerStoreContract());
}

TEST_CASE("the fake statement store keeps the contract") {
  CheckContract<FakeStatementStore>(StatementStoreContract());
}

TEST_CASE("the fake audit store keeps the contract") {
  for (const auto& each : AuditStoreContract()) {
    DYNAMIC_SECTION(each.name) {
      FakeAuditStore store;
      each.run(store);
    }
  }
}

}  // namespace
}  // namespace oshirase::registry

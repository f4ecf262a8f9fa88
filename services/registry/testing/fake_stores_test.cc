#include <catch2/catch.hpp>

#include "services/registry/testing/fake_audit_store.h"
#include "services/registry/testing/fake_officer_store.h"
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

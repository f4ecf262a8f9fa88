#include <catch2/catch.hpp>

#include "services/registry/testing/fake_business_store.h"
#include "services/registry/testing/fake_decision_store.h"
#include "services/registry/testing/fake_own_venue_store.h"
#include "services/registry/testing/fake_register_store.h"
#include "services/registry/testing/fake_reissue_store.h"
#include "services/registry/testing/fake_venue_store.h"
#include "services/registry/testing/register_contracts.h"

namespace oshirase::registry {
namespace {

void CheckRegisterContract(const Contract<RegisterStores>& contract) {
  for (const auto& each : contract) {
    DYNAMIC_SECTION(each.name) {
      FakeAuditStore audit;
      FakeRegister shared(audit);
      FakeBusinessStore businesses(shared);
      FakeOwnVenueStore own_venues(shared);
      FakeVenueStore venues(shared);
      BusinessStores business{businesses, own_venues, venues};
      FakeRegisterStore entries(shared);
      FakeDecisionStore decisions(shared);
      FakeReissueStore reissues(shared);
      RegisterStores stores{business, entries, decisions,
                            reissues, audit,   [&] { return shared.QueuedMails(); }};
      each.run(stores);
    }
  }
}

TEST_CASE("the fake store of the whole register keeps the contract") {
  CheckRegisterContract(RegisterStoreContract());
}

TEST_CASE("the fake store of decisions keeps the contract") {
  CheckRegisterContract(DecisionStoreContract());
}

TEST_CASE("the fake store of reissued certificates keeps the contract") {
  CheckRegisterContract(ReissueStoreContract());
}

}  // namespace
}  // namespace oshirase::registry

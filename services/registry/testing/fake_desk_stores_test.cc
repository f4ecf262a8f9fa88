#include <catch2/catch.hpp>

#include "services/registry/testing/desk_contracts.h"
#include "services/registry/testing/fake_api_key_store.h"
#include "services/registry/testing/fake_business_store.h"
#include "services/registry/testing/fake_letter_store.h"
#include "services/registry/testing/fake_own_venue_store.h"
#include "services/registry/testing/fake_public_venue_store.h"
#include "services/registry/testing/fake_venue_store.h"

namespace oshirase::registry {
namespace {

void CheckDeskContract(const Contract<DeskStores>& contract) {
  for (const auto& each : contract) {
    DYNAMIC_SECTION(each.name) {
      FakeAuditStore audit;
      FakeRegister shared(audit);
      FakeLetterStore letters(shared);
      FakeApiKeyStore api_keys(shared);
      FakeBusinessStore businesses(shared);
      DeskStores stores{letters, api_keys, businesses, audit};
      each.run(stores);
    }
  }
}

TEST_CASE("the fake letter store keeps the contract") { CheckDeskContract(LetterStoreContract()); }

TEST_CASE("the fake store of API keys keeps the contract") {
  CheckDeskContract(ApiKeyStoreContract());
}

TEST_CASE("the fake store of what anybody may see keeps the contract") {
  for (const auto& each : PublicVenueStoreContract()) {
    DYNAMIC_SECTION(each.name) {
      FakeAuditStore audit;
      FakeRegister shared(audit);
      FakeBusinessStore businesses(shared);
      FakeOwnVenueStore own_venues(shared);
      FakeVenueStore venues(shared);
      FakePublicVenueStore published(shared);
      BusinessStores stores{businesses, own_venues, venues};
      PublicStores picked{published, stores};
      each.run(picked);
    }
  }
}

}  // namespace
}  // namespace oshirase::registry

// The cases every implementation of the stores behind PublicService, and behind the desk's letters
// and API keys, passes; see contract.h and store_contracts.h.
#pragma once

#include "services/registry/domain/api_key_store.h"
#include "services/registry/domain/letter_store.h"
#include "services/registry/domain/public_venue_store.h"
#include "services/registry/testing/store_contracts.h"

namespace oshirase::registry {

// Over one register.
struct DeskStores {
  LetterStore& letters;
  ApiKeyStore& api_keys;
  BusinessStore& businesses;
  AuditStore& audit;
};

struct PublicStores {
  PublicVenueStore& published;
  BusinessStores& stores;
};

const Contract<DeskStores>& LetterStoreContract();
const Contract<DeskStores>& ApiKeyStoreContract();
const Contract<PublicStores>& PublicVenueStoreContract();

}  // namespace oshirase::registry

// The cases every implementation of a store passes; see contract.h. A failing dependency is not
// among them: each implementation fails in its own way.
#pragma once

#include "services/registry/domain/audit_store.h"
#include "services/registry/domain/business_store.h"
#include "services/registry/domain/officer_store.h"
#include "services/registry/domain/own_venue_store.h"
#include "services/registry/domain/statement_store.h"
#include "services/registry/domain/venue_store.h"
#include "services/registry/testing/contract.h"

namespace oshirase::registry {

// The stores of one register, as a business's case needs them together.
struct BusinessStores {
  BusinessStore& businesses;
  OwnVenueStore& own_venues;
  VenueStore& venues;
};

const Contract<BusinessStores>& BusinessStoreContract();
const Contract<BusinessStores>& OwnVenueStoreContract();
const Contract<BusinessStores>& VenueBatchContract();
const Contract<VenueStore>& VenueStoreContract();
const Contract<OfficerStore>& OfficerStoreContract();
const Contract<StatementStore>& StatementStoreContract();
const Contract<AuditStore>& AuditStoreContract();

}  // namespace oshirase::registry

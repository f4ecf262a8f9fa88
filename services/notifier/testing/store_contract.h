// The cases every pair of a CaseStore and an Outbox over one database passes, and every
// FollowStore.
#pragma once

#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/follow_store.h"
#include "services/notifier/domain/outbox.h"

namespace oshirase::notifier {

struct StorePair {
  CaseStore& cases;
  Outbox& outbox;
};

// Each takes empty stores, inside a TEST_CASE.
void CheckCaseStoreContract(StorePair stores);
// The part of it about how cases are stopped; called by CheckCaseStoreContract.
void CheckCaseStopsContract(StorePair stores);
void CheckOutboxContract(StorePair stores);
// The part of the outbox's contract about how cases end; called by CheckOutboxContract.
void CheckOutboxEndsContract(StorePair stores);
void CheckFollowStoreContract(FollowStore& follows);

}  // namespace oshirase::notifier

#include "services/checkin/testing/day_index_contract.h"
#include "services/checkin/testing/fake_day_index.h"
#include "services/checkin/testing/fake_visit_cap.h"
#include "services/checkin/testing/fake_visit_store.h"
#include "services/checkin/testing/visit_cap_contract.h"
#include "services/checkin/testing/visit_store_contract.h"

namespace oshirase::checkin {
namespace {

TEST_CASE("the fake visit store keeps the store's contract") {
  FakeVisitStore store;
  CheckVisitStoreContract(store);
}

TEST_CASE("the fake day index keeps the index's contract") {
  FakeDayIndex index;
  CheckDayIndexContract(index);
}

TEST_CASE("the fake visit cap keeps the cap's contract") {
  FakeVisitCap cap;
  CheckVisitCapContract(cap);
}

}  // namespace
}  // namespace oshirase::checkin

#include <catch2/catch.hpp>

#include "services/notifier/testing/fake_case_store.h"
#include "services/notifier/testing/fake_neighbours.h"
#include "services/notifier/testing/fake_outbox.h"
#include "services/notifier/testing/store_contract.h"

namespace oshirase::notifier {
namespace {

TEST_CASE("the fake case store keeps the store's contract") {
  FakeDatabase database;
  FakeCaseStore cases(database);
  FakeOutbox outbox(database);
  CheckCaseStoreContract({cases, outbox});
}

TEST_CASE("the fake outbox keeps the outbox's contract") {
  FakeDatabase database;
  FakeCaseStore cases(database);
  FakeOutbox outbox(database);
  CheckOutboxContract({cases, outbox});
}

TEST_CASE("the fake follow store keeps the store's contract") {
  FakeFollowStore follows;
  CheckFollowStoreContract(follows);
}

}  // namespace
}  // namespace oshirase::notifier

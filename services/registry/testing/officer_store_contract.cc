#include <catch2/catch.hpp>

#include "services/registry/domain/errors.h"
#include "services/registry/testing/example_venue.h"
#include "services/registry/testing/store_contracts.h"

namespace oshirase::registry {
namespace {

const absl::Time kNow = absl::FromUnixMicros(1'607'580'000'123'456);

crypto::VerifyKey Key(uint8_t first) {
  crypto::VerifyKey key{};
  key[0] = first;
  return key;
}

Enrolment Person(const std::string& id, Roles roles, uint8_t key) {
  return {.officer_id = id, .roles = roles, .key = Key(key), .now = kNow};
}

void Enrols(OfficerStore& store) {
  const Roles roles{Role::kSubmit,  Role::kApprove, Role::kAudit,
                    Role::kOperate, Role::kDrill,   Role::kDesk};
  REQUIRE(store.Enrol(Person("ann", roles, 1), ExampleNote()).ok());
  const auto found = store.Find("ann");
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  const Officer& ann = **found;
  CHECK(ann.id == "ann");
  CHECK(ann.roles() == roles);
  CHECK(ann.enrol_time == kNow);
  CHECK_FALSE(ann.revoke_time.has_value());
  REQUIRE(ann.keys.size() == 1);
  CHECK(ann.keys[0].key == Key(1));
  CHECK(ann.keys[0].add_time == kNow);
  CHECK_FALSE(store.Find("bob")->has_value());
}

void KeepsHistory(OfficerStore& store) {
  REQUIRE(store.Enrol(Person("ann", {Role::kSubmit}, 1), ExampleNote()).ok());
  auto later = Person("ann", {Role::kApprove}, 2);
  later.now = kNow + absl::Hours(1);
  REQUIRE(store.Enrol(later, ExampleNote()).ok());
  REQUIRE(store.Enrol(later, ExampleNote()).ok());

  const Officer ann = **store.Find("ann");
  CHECK(ann.keys.size() == 2);
  CHECK(ann.grants.size() == 2);
  CHECK(ann.enrol_time == kNow);
  CHECK(ann.roles() == Roles{Role::kApprove});
  CHECK(ann.RolesAt(kNow + absl::Minutes(30)) == Roles{Role::kSubmit});
  CHECK(ann.RolesAt(kNow + absl::Hours(1)) == Roles{Role::kApprove});
  CHECK(ann.RolesAt(kNow - absl::Hours(1)).empty());
}

void OneKeyOnePerson(OfficerStore& store) {
  REQUIRE(store.Enrol(Person("ann", {Role::kSubmit}, 1), ExampleNote()).ok());
  const auto taken = store.Enrol(Person("bob", {Role::kApprove}, 1), ExampleNote());
  CHECK(ReasonOf(taken.status()) == "OFFICER_KEY_TAKEN");
  CHECK_FALSE(store.Find("bob")->has_value());
}

void Revokes(OfficerStore& store) {
  REQUIRE(store.Enrol(Person("ann", {Role::kSubmit}, 1), ExampleNote()).ok());
  REQUIRE(store.Revoke("ann", kNow, ExampleNote()).ok());
  const auto again = store.Revoke("ann", kNow + absl::Hours(1), ExampleNote());
  REQUIRE(again.ok());
  CHECK(again->revoke_time == kNow);
  CHECK(again->roles().empty());
  CHECK(again->keys.size() == 1);
  CHECK(ReasonOf(store.Enrol(Person("ann", {Role::kSubmit}, 1), ExampleNote()).status()) ==
        "OFFICER_REVOKED");
  CHECK(ReasonOf(store.Revoke("bob", kNow, ExampleNote()).status()) == "OFFICER_NOT_FOUND");
}

void FirstOperator(OfficerStore& store) {
  auto first = Person("ann", {Role::kOperate}, 1);
  first.only_without_operator = true;
  auto second = Person("bob", {Role::kOperate}, 2);
  second.only_without_operator = true;
  REQUIRE(store.Enrol(Person("cat", {Role::kSubmit, Role::kAudit}, 3), ExampleNote()).ok());

  CHECK(store.Enrol(first, ExampleNote())->has_value());
  CHECK_FALSE(store.Enrol(second, ExampleNote())->has_value());
  REQUIRE(store.Revoke("ann", kNow, ExampleNote()).ok());
  CHECK(store.Enrol(second, ExampleNote())->has_value());
  REQUIRE(store.Enrol(Person("bob", {Role::kAudit}, 2), ExampleNote()).ok());
  auto third = Person("dan", {Role::kOperate}, 4);
  third.only_without_operator = true;
  CHECK(store.Enrol(third, ExampleNote())->has_value());
}

void Lists(OfficerStore& store) {
  for (const auto* id : {"bob", "ann", "cat"}) {
    REQUIRE(
        store.Enrol(Person(id, {Role::kSubmit}, static_cast<uint8_t>(id[0])), ExampleNote()).ok());
  }
  const auto first = store.List("", 2);
  REQUIRE(first.ok());
  REQUIRE(first->size() == 2);
  CHECK((*first)[0].id == "ann");
  CHECK((*first)[1].id == "bob");
  const auto rest = store.List("bob", 2);
  REQUIRE(rest->size() == 1);
  CHECK((*rest)[0].id == "cat");
  CHECK((*rest)[0].roles() == Roles{Role::kSubmit});
}

}  // namespace

const Contract<OfficerStore>& OfficerStoreContract() {
  static const Contract<OfficerStore> cases = {
      {"an enrolled officer is found with key and roles", Enrols},
      {"a further certificate and new roles keep what was before", KeepsHistory},
      {"a key belongs to one person", OneKeyOnePerson},
      {"revoking is for good and keeps its first time", Revokes},
      {"the first operator is enrolled while there is none", FirstOperator},
      {"officers are listed by id, a page at a time", Lists},
  };
  return cases;
}

}  // namespace oshirase::registry

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/testing/desk_contracts.h"
#include "services/registry/testing/example_business.h"

namespace oshirase::registry {
namespace {

struct ExampleKey {
  Token secret = NewApiKey();
  NewApiKeyRecord record;

  explicit ExampleKey(absl::Time create_time = kExampleNow,
                      const std::string& email = "poem@example.com") {
    record = {.request_id = ids::NewUuid(),
              .record = {.id = ids::NewUuid(),
                         .email = email,
                         .label = "予約システム",
                         .create_time = create_time,
                         .revoke_time = std::nullopt},
              .secret_hash = secret.hash,
              .note = ExampleNote("api-key.issued")};
  }
};

std::optional<Holder> HolderOf(DeskStores& stores, const ExampleKey& key) {
  const auto holder = stores.businesses.FindApiKey(key.secret.hash);
  REQUIRE(holder.ok());
  return *holder;
}

std::vector<std::string> Actions(DeskStores& stores) {
  std::vector<std::string> actions;
  const auto entries = stores.audit.List(0, 20);
  for (const auto& entry : *entries) actions.push_back(entry.action);
  return actions;
}

void MakesKeys(DeskStores& stores) {
  const ExampleKey key;
  const ExampleKey second(kExampleNow, "POEM@example.com");

  const auto stored = stores.api_keys.Insert(key.record);
  REQUIRE(stored.ok());
  const auto also = stores.api_keys.Insert(second.record);

  CHECK(stored->record == key.record.record);
  CHECK_FALSE(stored->repeated);
  const auto holder = HolderOf(stores, key);
  REQUIRE(holder.has_value());
  CHECK(holder->actor == "api-key/" + key.record.record.id);
  CHECK((*stores.businesses.FindBusiness(holder->business_id))->email == "poem@example.com");
  REQUIRE(also.ok());
  CHECK(also->record.email == "poem@example.com");
  CHECK(HolderOf(stores, second)->business_id == holder->business_id);
  CHECK(Actions(stores).size() == 2);
}

void RepeatedKey(DeskStores& stores) {
  const ExampleKey first;
  ExampleKey again;
  ExampleKey other(kExampleNow, "prose@example.com");
  again.record.request_id = first.record.request_id;
  other.record.request_id = first.record.request_id;
  REQUIRE(stores.api_keys.Insert(first.record).ok());

  const auto repeated = stores.api_keys.Insert(again.record);

  REQUIRE(repeated.ok());
  CHECK(repeated->repeated);
  CHECK(repeated->record == first.record.record);
  CHECK_FALSE(HolderOf(stores, again).has_value());
  CHECK(ReasonOf(stores.api_keys.Insert(other.record).status()) == "REQUEST_ID_REUSED");
}

void ListsNewestFirst(DeskStores& stores) {
  std::vector<ExampleKey> keys;
  for (int i = 0; i < 3; ++i) {
    keys.emplace_back(kExampleNow + absl::Hours(i));
    REQUIRE(stores.api_keys.Insert(keys.back().record).ok());
  }
  const AuditNote note = ExampleNote("api-keys.listed");

  const auto first = stores.api_keys.List(std::nullopt, 2, note);
  REQUIRE(first.ok());
  REQUIRE(first->keys.size() == 2);
  CHECK(first->keys[0] == keys[2].record.record);
  CHECK(first->more);
  const auto rest = stores.api_keys.List(
      ApiKeyCursor{.create_time = first->keys[1].create_time, .id = first->keys[1].id}, 2, note);
  REQUIRE(rest->keys.size() == 1);
  CHECK(rest->keys[0] == keys[0].record.record);
  CHECK_FALSE(rest->more);
  CHECK(Actions(stores).back() == "api-keys.listed");
}

void RevokesKeys(DeskStores& stores) {
  const ExampleKey key;
  REQUIRE(stores.api_keys.Insert(key.record).ok());
  const std::string& id = key.record.record.id;
  const AuditNote note = ExampleNote("api-key.revoked");
  const absl::Time end = kExampleNow + absl::Hours(1);

  const auto revoked = stores.api_keys.Revoke(id, end, note);

  REQUIRE(revoked.ok());
  REQUIRE(revoked->has_value());
  CHECK((*revoked)->revoke_time == end);
  CHECK_FALSE(HolderOf(stores, key).has_value());
  const auto again = stores.api_keys.Revoke(id, end + absl::Hours(1), note);
  CHECK((*again)->revoke_time == end);
  CHECK_FALSE(stores.api_keys.Revoke(ids::NewUuid(), end, note)->has_value());
  CHECK(Actions(stores) ==
        std::vector<std::string>{"api-key.issued", "api-key.revoked", "api-key.revoked"});
}

}  // namespace

const Contract<DeskStores>& ApiKeyStoreContract() {
  static const Contract<DeskStores> cases = {
      {"a key stands for the business of its mailbox, made if need be", MakesKeys},
      {"a repeated request makes no second key", RepeatedKey},
      {"keys are listed newest first", ListsNewestFirst},
      {"a revoked key stands for nobody", RevokesKeys},
  };
  return cases;
}

}  // namespace oshirase::registry

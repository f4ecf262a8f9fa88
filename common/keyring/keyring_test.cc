#include "common/keyring/keyring.h"

#include <catch2/catch.hpp>
#include <thread>

#include "common/crypto/testing/hex.h"
#include "common/keyring/errors.h"
#include "common/keyring/testing/fake_key_book.h"
#include "common/keyring/testing/fake_key_store.h"
#include "common/keyring/testing/key_book_contract.h"
#include "common/keyring/testing/key_store_contract.h"

namespace oshirase::keyring {
namespace {

using crypto::SecretKey;

const KeyName kName{kInnerKey, "2020-12-01"};

// A store and a book that outlive the processes (keyrings) over them.
struct World {
  FakeKeyStore store;
  FakeKeyBook book;
  absl::Time now = absl::FromUnixSeconds(1606780800);

  Keyring Start() {
    return {store, book, [this] { return now; }};
  }
  // The key made by a process that has ended since.
  SecretKey Make(const KeyName& name = kName) { return Start().Make(name).value()->Clone(); }
};

TEST_CASE("the fakes keep the contracts of store and book") {
  World world;
  CheckKeyStoreContract(world.store);
  CheckKeyBookContract(world.book, "one", "two");
}

TEST_CASE("a fingerprint is a keyed hash of nothing") {
  // Computed with Python's hashlib.
  CHECK(crypto::ToHex(FingerprintOf(crypto::CountingKey())) == "544c1286f4e1935905bd46dcb70855fd");
}

TEST_CASE("a key nobody knows is made: stored, recorded, and the same ever after") {
  World world;
  const auto made = world.Start().Make(kName);
  REQUIRE(made.ok());
  const auto record = world.book.Find(kName).value();
  REQUIRE(record.has_value());
  CHECK(record->fingerprint == FingerprintOf(**made));
  CHECK(record->made_at == world.now);
  CHECK(*world.Start().Make(kName).value() == **made);
  CHECK(*world.Start().Get(kName).value() == **made);
}

TEST_CASE("asking for a key does not make it") {
  World world;
  CHECK(ReasonOf(world.Start().Get(kName).status()) == kKeyNotMade);
  CHECK_FALSE(world.store.Has(kName));
}

TEST_CASE("a key that could not be stored is not recorded") {
  World world;
  world.store.FailNext(KeyStoreUnavailable("disk full"));
  CHECK(absl::IsUnavailable(world.Start().Make(kName).status()));
  CHECK_FALSE(world.book.Find(kName)->has_value());
}

TEST_CASE("a maker that crashed between store and book is followed by one that records its key") {
  World world;
  const SecretKey stored = SecretKey::Random();
  REQUIRE(world.store.PutIfAbsent(kName, stored).ok());  // and the process died here
  CHECK(*world.Start().Make(kName).value() == stored);
  CHECK(world.book.Find(kName).value()->fingerprint == FingerprintOf(stored));
}

TEST_CASE("a key that could not be recorded is not handed out, and the next try takes it up") {
  World world;
  Keyring keyring = world.Start();
  world.book.FailNext(absl::OkStatus());  // it finds nothing
  world.book.FailNext(absl::UnavailableError("down"));
  CHECK(absl::IsUnavailable(keyring.Make(kName).status()));
  REQUIRE(world.store.Has(kName));
  const SecretKey stored = world.store.Get(kName, std::nullopt).value();
  CHECK(*keyring.Make(kName).value() == stored);
}

TEST_CASE("a recorded key that is gone is lost: none is made in its place") {
  World world;
  world.Make();
  world.store.Lose(kName);
  for (const auto& status :
       {world.Start().Get(kName).status(), world.Start().Make(kName).status()}) {
    CHECK(absl::IsDataLoss(status));
    CHECK(ReasonOf(status) == kKeyLost);
  }
  CHECK_FALSE(world.store.Has(kName));
}

TEST_CASE("another key under a recorded name is a lost key too") {
  World world;
  world.Make();
  world.store.PutBack(kName, SecretKey::Random());
  CHECK(ReasonOf(world.Start().Get(kName).status()) == kKeyLost);
}

TEST_CASE("a store or a book that is away is not taken for a loss") {
  World world;
  world.Make();
  Keyring keyring = world.Start();
  world.store.FailNext(KeyStoreUnavailable("not mounted"));
  CHECK(absl::IsUnavailable(keyring.Get(kName).status()));
  world.book.FailNext(absl::UnavailableError("down"));
  CHECK(absl::IsUnavailable(keyring.Get(kName).status()));
  CHECK(keyring.Get(kName).ok());
}

TEST_CASE("a key once had needs neither store nor book again") {
  World world;
  Keyring keyring = world.Start();
  const auto key = keyring.Make(kName);
  world.store.FailNext(absl::UnavailableError("down"));
  world.book.FailNext(absl::UnavailableError("down"));
  CHECK(*keyring.Get(kName).value() == **key);
}

TEST_CASE("a destroyed key is erased, marked and gone for good") {
  World world;
  Keyring keyring = world.Start();
  REQUIRE(keyring.Make(kName).ok());
  REQUIRE(keyring.Destroy(kName).ok());
  CHECK_FALSE(world.store.Has(kName));
  CHECK(world.book.Find(kName).value()->destroyed_at == world.now);
  for (const auto& status : {keyring.Get(kName).status(), keyring.Make(kName).status(),
                             world.Start().Make(kName).status()}) {
    CHECK(absl::IsFailedPrecondition(status));
    CHECK(ReasonOf(status) == kKeyDestroyed);
  }
  CHECK(keyring.Destroy(kName).ok());
}

TEST_CASE("a key that a mirror has not confirmed erased is not marked destroyed, nor used again") {
  World world;
  Keyring keyring = world.Start();
  REQUIRE(keyring.Make(kName).ok());
  world.store.FailNext(KeyStoreUnavailable("a mirror is away"));
  CHECK(absl::IsUnavailable(keyring.Destroy(kName)));
  CHECK_FALSE(world.book.Find(kName).value()->destroyed_at.has_value());
  CHECK(keyring.Destroy(kName).ok());
  CHECK(world.book.Find(kName).value()->destroyed_at.has_value());
}

TEST_CASE("an erasing that crashed before marking is finished by the next") {
  World world;
  world.Make();
  REQUIRE(world.store.Erase(kName).ok());  // and the process died here
  CHECK(world.Start().Destroy(kName).ok());
  CHECK(ReasonOf(world.Start().Get(kName).status()) == kKeyDestroyed);
}

TEST_CASE("a stored key that was never recorded can be destroyed") {
  World world;
  world.store.PutBack(kName, SecretKey::Random());
  CHECK(world.Start().Destroy(kName).ok());
  CHECK_FALSE(world.store.Has(kName));
}

TEST_CASE("a destroyed key that someone put back is erased, others stay") {
  World world;
  const SecretKey copy = world.Make();
  const KeyName living{kInnerKey, "2020-12-02"};
  world.Make(living);
  REQUIRE(world.Start().Destroy(kName).ok());
  world.store.PutBack(kName, copy.Clone());

  Keyring keyring = world.Start();
  CHECK(ReasonOf(keyring.Get(kName).status()) == kKeyDestroyed);
  CHECK(keyring.EraseReturned(kInnerKey).value() == std::vector<std::string>{kName.label});
  CHECK_FALSE(world.store.Has(kName));
  CHECK(world.store.Has(living));
  CHECK(keyring.EraseReturned(kInnerKey)->empty());
}

TEST_CASE("an operator can replace a lost key, and only a lost one") {
  World world;
  const SecretKey old = world.Make();
  CHECK(ReasonOf(world.Start().ReplaceLost(kName)) == kKeyNotLost);
  CHECK(ReasonOf(world.Start().ReplaceLost({kInnerKey, "2020-12-09"})) == kKeyNotLost);

  world.store.PutBack(kName, SecretKey::Random());  // damaged, rather than missing
  REQUIRE(world.Start().ReplaceLost(kName).ok());
  const auto replacement = world.Start().Get(kName);
  REQUIRE(replacement.ok());
  CHECK_FALSE(**replacement == old);

  REQUIRE(world.Start().Destroy(kName).ok());
  CHECK(ReasonOf(world.Start().ReplaceLost(kName)) == kKeyDestroyed);
}

TEST_CASE("replacing a lost key that the process still remembers puts that key back") {
  World world;
  Keyring keyring = world.Start();
  const auto key = keyring.Make(kName);
  world.store.Lose(kName);
  CHECK(keyring.LostLabels(kInnerKey).value() == std::vector<std::string>{kName.label});
  REQUIRE(keyring.ReplaceLost(kName).ok());
  CHECK(*world.Start().Get(kName).value() == **key);
  CHECK(keyring.LostLabels(kInnerKey)->empty());
}

TEST_CASE("a replacing that crashed before the book can be done again") {
  World world;
  world.Make();
  world.store.Lose(kName);
  Keyring keyring = world.Start();
  world.store.PutBack(kName, SecretKey::Random());  // stored, and the process died here
  CHECK(ReasonOf(keyring.Get(kName).status()) == kKeyLost);
  REQUIRE(keyring.ReplaceLost(kName).ok());
  CHECK(keyring.Get(kName).ok());
}

TEST_CASE("a store that is away is no reason to replace a key") {
  World world;
  world.Make();
  world.store.FailNext(KeyStoreUnavailable("not mounted"));
  CHECK(absl::IsUnavailable(world.Start().ReplaceLost(kName)));
  CHECK(world.Start().Get(kName).ok());
}

TEST_CASE("living keys are the recorded ones, lost ones among them, and the unrecorded") {
  World world;
  for (const char* label : {"a", "b", "c"}) world.Make({kCaseKey, label});
  world.store.Lose({kCaseKey, "a"});
  REQUIRE(world.Start().Destroy({kCaseKey, "b"}).ok());
  world.store.PutBack({kCaseKey, "d"}, SecretKey::Random());
  CHECK(world.Start().LivingLabels(kCaseKey).value() == std::vector<std::string>{"a", "c", "d"});
  CHECK(world.Start().LostLabels(kCaseKey).value() == std::vector<std::string>{"a"});
}

TEST_CASE("threads of two processes that make one key at once all get the same") {
  World world;
  Keyring one = world.Start();
  Keyring two = world.Start();
  std::vector<absl::StatusOr<crypto::SharedKey>> keys(8);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < keys.size(); ++i) {
    threads.emplace_back([&, i] { keys[i] = (i % 2 == 0 ? one : two).Make(kName); });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& key : keys) {
    REQUIRE(key.ok());
    CHECK(**key == **keys.front());
  }
}

}  // namespace
}  // namespace oshirase::keyring

#include "common/keyring/testing/key_store_contract.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"

namespace oshirase::keyring {
namespace {

using crypto::SecretKey;

const KeyName kName{kInnerKey, "2020-12-01"};

}  // namespace

void CheckKeyStoreContract(KeyStore& store) {
  INFO("a key that was never stored is not found, and erasing it is no error");
  CHECK(ReasonOf(store.Get(kName, std::nullopt).status()) == "KEY_NOT_FOUND");
  CHECK(store.Erase(kName).ok());
  CHECK(store.Labels(kInnerKey)->empty());

  INFO("the first key stored under a name stays, and who comes later gets it");
  const SecretKey first = SecretKey::Random();
  CHECK(store.PutIfAbsent(kName, first).value() == first);
  CHECK(store.PutIfAbsent(kName, SecretKey::Random()).value() == first);
  CHECK(store.Get(kName, std::nullopt).value() == first);

  INFO("a fingerprint tells the key from another");
  CHECK(store.Get(kName, FingerprintOf(first)).value() == first);
  CHECK(ReasonOf(store.Get(kName, FingerprintOf(SecretKey::Random())).status()) == "KEY_DAMAGED");

  INFO("labels are listed by purpose, in order");
  CHECK(store.PutIfAbsent({kInnerKey, "2020-11-30"}, SecretKey::Random()).ok());
  CHECK(store.PutIfAbsent({kTagKey, "2020-12-02"}, SecretKey::Random()).ok());
  CHECK(store.Labels(kInnerKey).value() == std::vector<std::string>{"2020-11-30", "2020-12-01"});
  CHECK(store.Labels(kTagKey).value() == std::vector<std::string>{"2020-12-02"});

  INFO("an erased key is gone, its neighbours are not, and its name can be taken again");
  CHECK(store.Erase(kName).ok());
  CHECK(ReasonOf(store.Get(kName, std::nullopt).status()) == "KEY_NOT_FOUND");
  CHECK(store.Labels(kInnerKey).value() == std::vector<std::string>{"2020-11-30"});
  const SecretKey second = SecretKey::Random();
  CHECK(store.PutIfAbsent(kName, second).value() == second);

  INFO("names that could leave their place are refused");
  for (const KeyName& bad : {KeyName{"../inner", "x"}, KeyName{"inner", ""}, KeyName{"", "x"},
                             KeyName{"inner", "a.b"}, KeyName{"inner", std::string(41, 'a')},
                             KeyName{"inner", "A"}, KeyName{"inner", std::string("a\0b", 3)}}) {
    CHECK(ReasonOf(store.Get(bad, std::nullopt).status()) == "INVALID_KEY_NAME");
    CHECK(ReasonOf(store.PutIfAbsent(bad, first).status()) == "INVALID_KEY_NAME");
    CHECK(ReasonOf(store.Erase(bad)) == "INVALID_KEY_NAME");
  }
}

}  // namespace oshirase::keyring

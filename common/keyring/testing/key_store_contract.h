// The cases that every KeyStore passes: the fake in memory and the directories alike.
#pragma once

#include "common/keyring/key_store.h"

namespace oshirase::keyring {

// Runs all cases on `store`, which must be empty.
void CheckKeyStoreContract(KeyStore& store);

}  // namespace oshirase::keyring

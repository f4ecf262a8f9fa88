// The cases that every KeyBook passes: the fake in memory and Postgres alike.
#pragma once

#include <string>

#include "common/keyring/key_book.h"

namespace oshirase::keyring {

// Runs all cases on `book`, which must be empty, with the labels `one` < `two`.
void CheckKeyBookContract(KeyBook& book, const std::string& one, const std::string& two);

}  // namespace oshirase::keyring

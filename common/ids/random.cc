#include "common/ids/random.h"

#include <sodium.h>

#include <cstdlib>

namespace oshirase::ids {

void FillRandom(std::span<uint8_t> bytes) {
  static const int ready = sodium_init();  // thread-safe; 1 when someone else did it before
  if (ready < 0) std::abort();
  randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace oshirase::ids

#include "common/keyring/fingerprint.h"

#include <algorithm>

#include "common/crypto/keyed_hash.h"

namespace oshirase::keyring {

Fingerprint FingerprintOf(const crypto::SecretKey& key) {
  const crypto::Hash hash = crypto::KeyedHash(key, "oshirase fingerprint 1", "");
  Fingerprint fingerprint;
  std::copy_n(hash.begin(), fingerprint.size(), fingerprint.begin());
  return fingerprint;
}

}  // namespace oshirase::keyring

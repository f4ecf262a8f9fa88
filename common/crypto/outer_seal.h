// The outer lock: checkin seals the gateway's blob to the venue-hour key, which it cannot undo.
//
// Layout: version 1 ‖ fingerprint 4 ‖ ephemeral public key 32 ‖ nonce 24 ‖ crypto_box of the blob
// (16 bytes of tag). The fingerprint is the first 4 bytes of BLAKE2b-256(public key): it tells a
// row sealed for another key from one that was changed, and hides nothing.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/crypto/outer_keys.h"
#include "common/crypto/secret.h"
#include "common/time/clock.h"

namespace oshirase::crypto {

inline constexpr size_t kOuterSealOverhead = 1 + 4 + 32 + 24 + 16;

// Seals to many venue-hour keys. A Diffie-Hellman per row would cost 54 µs, so one ephemeral pair
// serves all keys for a minute and the shared secret per key is kept that long, then wiped: what
// leaks from memory opens at most a minute of rows.
// Thread-safe.
class OuterSealer {
 public:
  // `max_cached` bounds the shared secrets kept; the cache starts anew when it is full.
  explicit OuterSealer(Clock clock, size_t max_cached = 20000);
  ~OuterSealer();
  OuterSealer(const OuterSealer&) = delete;
  OuterSealer& operator=(const OuterSealer&) = delete;

  // Seals `blob` to `key` with a random nonce.
  // Returns INVALID_ARGUMENT, reason INVALID_PUBLIC_KEY, when `key` is no usable X25519 key.
  absl::StatusOr<std::string> Seal(const PublicKey& key, std::string_view blob);

  // Wipes the pair and the secrets when their minute is over, also when nobody seals. Call it from
  // a timer, at least once a minute.
  void WipeExpired();

 private:
  class Epoch;
  struct Recipient;

  std::shared_ptr<Epoch> CurrentEpoch();

  const Clock clock_;
  const size_t max_cached_;
  absl::Mutex mu_;
  std::shared_ptr<Epoch> epoch_ ABSL_GUARDED_BY(mu_);
};

// Opens the rows of one venue and hour. Rows sealed in the same minute by the same checkin share
// an ephemeral key, so the last secrets are kept: 1-2 µs per row instead of 29. Wipes all of it
// when destroyed. Not thread-safe.
class OuterOpener {
 public:
  explicit OuterOpener(OuterKeyPair key_pair);

  // The blob inside `row`.
  // Returns INVALID_ARGUMENT, reason SEAL_MALFORMED, when size or version are wrong,
  // FAILED_PRECONDITION, reason SEALED_FOR_ANOTHER_KEY, when the fingerprint is another's, and
  // DATA_LOSS, reason SEAL_DOES_NOT_OPEN, when a bit has changed.
  absl::StatusOr<std::string> Open(std::string_view row);

 private:
  const SecretKey* FindSecret(std::string_view ephemeral_key);

  OuterKeyPair key_pair_;
  absl::flat_hash_map<PublicKey, SecretKey> shared_secrets_;
};

// OuterOpener for a single row.
absl::StatusOr<std::string> OpenOuter(const OuterKeyPair& key_pair, std::string_view row);

}  // namespace oshirase::crypto

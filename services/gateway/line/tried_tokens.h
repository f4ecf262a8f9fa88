// Which reply tokens were tried already. LINE may deliver an event twice, under one token that it
// takes once; an answer to the second delivery could only be refused.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "common/crypto/secret.h"

namespace oshirase::gateway {

struct TriedTokensOptions {
  // LINE takes the token of a redelivered event until 20 minutes after the event; later nobody
  // need be kept from trying.
  absl::Duration keep = absl::Minutes(21);
  // Some 15 MB when full. The oldest are forgotten first: of them LINE refuses the second try, as
  // it does after a restart, and when another gateway gets the second delivery.
  size_t capacity = 200'000;
};

// Keeps keyed hashes, under a key that dies with the process; never a token. Not thread-safe: the
// one thread that sends all replies owns it.
class TriedTokens {
 public:
  explicit TriedTokens(TriedTokensOptions options = {})
      : options_(options), key_(crypto::SecretKey::Random()) {}

  // Remembers `token` as tried at `now`. Returns false if it is remembered already, which does not
  // lengthen its time. Takes constant time, on average over the calls.
  bool Add(std::string_view token, absl::Time now);

  size_t size() const { return hashes_.size(); }

 private:
  // Long enough that no two tokens ever share one: somebody would go without an answer.
  using TokenHash = std::array<uint8_t, 16>;

  struct Tried {
    TokenHash hash;
    absl::Time time;
  };

  TokenHash HashOf(std::string_view token) const;
  void ForgetOldest();

  const TriedTokensOptions options_;
  const crypto::SecretKey key_;
  absl::flat_hash_set<TokenHash> hashes_;
  std::deque<Tried> oldest_first_;
};

}  // namespace oshirase::gateway

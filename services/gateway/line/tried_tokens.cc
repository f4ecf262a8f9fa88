#include "services/gateway/line/tried_tokens.h"

#include <algorithm>

#include "common/crypto/keyed_hash.h"

namespace oshirase::gateway {
namespace {

constexpr std::string_view kPurpose = "oshirase reply token 1";

}  // namespace

TriedTokens::TokenHash TriedTokens::HashOf(std::string_view token) const {
  const crypto::Hash hash = crypto::KeyedHash(key_, kPurpose, token);
  TokenHash result;
  std::copy_n(hash.begin(), result.size(), result.begin());
  return result;
}

void TriedTokens::ForgetOldest() {
  hashes_.erase(oldest_first_.front().hash);
  oldest_first_.pop_front();
}

bool TriedTokens::Add(std::string_view token, absl::Time now) {
  while (!oldest_first_.empty() && now - oldest_first_.front().time >= options_.keep) {
    ForgetOldest();
  }
  const TokenHash hash = HashOf(token);
  if (!hashes_.insert(hash).second) return false;
  oldest_first_.push_back({hash, now});
  if (oldest_first_.size() > options_.capacity) ForgetOldest();
  return true;
}

}  // namespace oshirase::gateway

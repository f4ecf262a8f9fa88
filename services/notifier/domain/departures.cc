#include "services/notifier/domain/departures.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "common/crypto/keyed_hash.h"
#include "common/status/macros.h"

namespace oshirase::notifier {
namespace {

// Hashes asked for in one statement.
constexpr size_t kPage = 5000;

const keyring::KeyName& SuppressionKeyName() {
  static const auto& name = *new keyring::KeyName{keyring::kSuppressionKey, keyring::kCurrent};
  return name;
}

}  // namespace

Departures::Departures(FollowStore& store, keyring::Keyring& named_keys)
    : store_(store), named_keys_(named_keys) {}

absl::Status Departures::Start() { return named_keys_.Make(SuppressionKeyName()).status(); }

// Made when there never was one, which happens when the process starts while the keyring is away.
absl::StatusOr<crypto::SharedKey> Departures::Key() {
  return named_keys_.Make(SuppressionKeyName());
}

absl::Status Departures::Record(const ids::LineUserId& person, absl::Time event_time,
                                bool following) {
  ASSIGN_OR_RETURN(const crypto::SharedKey key, Key());
  return store_.Record(
      {crypto::PersonHash(*key, crypto::kSuppressionPurpose, person), event_time, following});
}

absl::StatusOr<Recipients> Departures::Remaining(const Recipients& people) {
  ASSIGN_OR_RETURN(const crypto::SharedKey key, Key());
  Recipients remaining;
  remaining.reserve(people.size());
  std::vector<crypto::Hash> hashes;
  for (size_t begin = 0; begin < people.size(); begin += kPage) {
    const size_t end = std::min(begin + kPage, people.size());
    hashes.clear();
    for (size_t i = begin; i < end; ++i) {
      hashes.push_back(crypto::PersonHash(*key, crypto::kSuppressionPurpose, people[i]));
    }
    ASSIGN_OR_RETURN(const auto left, store_.Left(hashes));
    const absl::flat_hash_set<crypto::Hash> gone(left.begin(), left.end());
    for (size_t i = begin; i < end; ++i) {
      if (!gone.contains(hashes[i - begin])) remaining.push_back(people[i]);
    }
  }
  return remaining;
}

}  // namespace oshirase::notifier

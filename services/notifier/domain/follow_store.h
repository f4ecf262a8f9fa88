// Who left the account: keyed hashes and the time of the newest event. Implemented by
// PostgresFollowStore and by a fake; both pass testing/follow_store_contract.h.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/keyed_hash.h"

namespace oshirase::notifier {

struct FollowChange {
  crypto::Hash person{};
  absl::Time event_time;
  bool following = false;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached.
class FollowStore {
 public:
  virtual ~FollowStore() = default;

  // Notes a change unless a newer one is known; of two at the same time, leaving wins. Durable when
  // it returns OK. Idempotent.
  virtual absl::Status Record(const FollowChange& change) = 0;

  // Those of `people` who left.
  virtual absl::StatusOr<std::vector<crypto::Hash>> Left(
      const std::vector<crypto::Hash>& people) = 0;
};

}  // namespace oshirase::notifier

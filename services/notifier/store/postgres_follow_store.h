// FollowStore over notifier.follow_states.
#pragma once

#include <vector>

#include "common/postgres/pool.h"
#include "services/notifier/domain/follow_store.h"

namespace oshirase::notifier {

// Thread-safe.
class PostgresFollowStore final : public FollowStore {
 public:
  // `pool` must outlive it.
  explicit PostgresFollowStore(postgres::Pool& pool) : pool_(pool) {}

  absl::Status Record(const FollowChange& change) override;
  absl::StatusOr<std::vector<crypto::Hash>> Left(const std::vector<crypto::Hash>& people) override;

 private:
  postgres::Pool& pool_;
};

}  // namespace oshirase::notifier

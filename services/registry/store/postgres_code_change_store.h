// The code changes in Postgres, written there by triggers.
#pragma once

#include "common/postgres/pool.h"
#include "services/registry/domain/code_change_store.h"

namespace oshirase::registry {

class PostgresCodeChangeStore final : public CodeChangeStore {
 public:
  // `pool` must outlive the store.
  explicit PostgresCodeChangeStore(postgres::Pool& pool) : pool_(pool) {}

  absl::StatusOr<CodeChanges> Since(const std::string& cursor, int limit) override;
  absl::Status ForgetOld() override;

 private:
  postgres::Pool& pool_;
};

}  // namespace oshirase::registry

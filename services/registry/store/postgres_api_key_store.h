// Businesses' API keys in Postgres, schema registry.
#pragma once

#include "common/audit/audit_log.h"
#include "common/postgres/pool.h"
#include "services/registry/domain/api_key_store.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresApiKeyStore final : public ApiKeyStore {
 public:
  // Both must outlive it.
  PostgresApiKeyStore(postgres::Pool& pool, const audit::AuditLog& log) : pool_(pool), log_(log) {}

  absl::StatusOr<StoredApiKey> Insert(const NewApiKeyRecord& key) override;
  absl::StatusOr<ApiKeyList> List(const std::optional<ApiKeyCursor>& after, int limit,
                                  const AuditNote& note) override;
  absl::StatusOr<std::optional<ApiKeyRecord>> Revoke(const std::string& id, absl::Time now,
                                                     const AuditNote& note) override;

 private:
  postgres::Pool& pool_;
  const audit::AuditLog& log_;
};

}  // namespace oshirase::registry

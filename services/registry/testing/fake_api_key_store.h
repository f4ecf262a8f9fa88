// An ApiKeyStore in memory that can be told to fail. Its keys work in a FakeBusinessStore over the
// same register.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/registry/domain/api_key_store.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakeApiKeyStore final : public ApiKeyStore {
 public:
  // `shared` must outlive it.
  explicit FakeApiKeyStore(FakeRegister& shared) : register_(shared) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

  absl::StatusOr<StoredApiKey> Insert(const NewApiKeyRecord& key) override;
  absl::StatusOr<ApiKeyList> List(const std::optional<ApiKeyCursor>& after, int limit,
                                  const AuditNote& note) override;
  absl::StatusOr<std::optional<ApiKeyRecord>> Revoke(const std::string& id, absl::Time now,
                                                     const AuditNote& note) override;

 private:
  FakeRegister& register_;
  FailureQueue failures_;
  // With their hashes, by request id.
  std::map<std::string, std::pair<ApiKeyRecord, TokenHash>> keys_ ABSL_GUARDED_BY(register_.mu);
};

}  // namespace oshirase::registry

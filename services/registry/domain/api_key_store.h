// Where the API keys of businesses are kept. Implemented by PostgresApiKeyStore, and by a fake for
// tests; both pass the cases in testing/api_key_store_contract.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/tokens.h"

namespace oshirase::registry {

// A key without its secret.
struct ApiKeyRecord {
  std::string id;     // a UUID
  std::string email;  // of the business
  std::string label;  // what it is for
  absl::Time create_time;
  std::optional<absl::Time> revoke_time;

  friend bool operator==(const ApiKeyRecord&, const ApiKeyRecord&) = default;
};

struct NewApiKeyRecord {
  std::string request_id;
  ApiKeyRecord record;
  TokenHash secret_hash{};
  AuditNote note;
};

struct StoredApiKey {
  ApiKeyRecord record;
  bool repeated = false;  // by an earlier call with this request id
};

// The key after which a page begins: newest first.
struct ApiKeyCursor {
  absl::Time create_time;
  std::string id;
};

struct ApiKeyList {
  std::vector<ApiKeyRecord> keys;
  bool more = false;  // there are keys after these
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached, with reason
// COMMIT_IN_DOUBT when a write may have happened; calling again with the same request is safe.
class ApiKeyStore {
 public:
  virtual ~ApiKeyStore() = default;

  // Stores a key for the business of that mailbox, made if need be, and audits it. A repeated
  // request id returns the key stored the first time, changes nothing, and is audited as that key's
  // with a fact `repeated`. Returns REQUEST_ID_REUSED when that key is for another mailbox.
  virtual absl::StatusOr<StoredApiKey> Insert(const NewApiKeyRecord& key) = 0;

  // Up to `limit` keys, newest first, after `after`. Audited with `note` and a fact `shown`, their
  // ids.
  virtual absl::StatusOr<ApiKeyList> List(const std::optional<ApiKeyCursor>& after, int limit,
                                          const AuditNote& note) = 0;

  // Ends a key at once and audits it. Ending it again changes nothing and is audited with a fact
  // `repeated`. Returns nothing for a key of nobody.
  virtual absl::StatusOr<std::optional<ApiKeyRecord>> Revoke(const std::string& id, absl::Time now,
                                                             const AuditNote& note) = 0;
};

}  // namespace oshirase::registry

// Keys for businesses' own programs: issued, listed and revoked by the register desk.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "services/registry/domain/api_key_store.h"
#include "services/registry/domain/field_violation.h"

namespace oshirase::registry {

struct ApiKeyRequest {
  std::string request_id;
  std::string email;
  std::string label;
  std::string actor;
};

struct IssuedApiKey {
  ApiKeyRecord record;
  std::string secret;  // goes out once, and is not kept; empty for a repeated request
};

struct ApiKeyPage {
  std::vector<ApiKeyRecord> keys;
  std::string next_page_token;  // empty on the last page
};

// Thread-safe. Every method audits who did it, and returns UNAVAILABLE when the database cannot be
// reached.
class ApiKeys {
 public:
  static constexpr size_t kMaxLabelCharacters = 100;

  // `store` must outlive it.
  ApiKeys(ApiKeyStore& store, Clock clock) : store_(store), clock_(std::move(clock)) {}

  // Makes a key for the business of that mailbox, and the business when it is new. Idempotent in
  // the request id, but a repeat tells no secret: what is lost is revoked and issued anew.
  // Returns API_KEY_INVALID and fills `violations`; REQUEST_ID_REUSED.
  absl::StatusOr<IssuedApiKey> Issue(ApiKeyRequest request, FieldViolations& violations);

  // The keys, newest first, revoked ones included. Returns PAGE_TOKEN_INVALID.
  absl::StatusOr<ApiKeyPage> List(int page_size, const std::string& page_token,
                                  const std::string& actor);

  // Ends a key at once. Idempotent. Returns NOT_FOUND API_KEY_UNKNOWN.
  absl::StatusOr<ApiKeyRecord> Revoke(const std::string& api_key_id, const std::string& actor);

 private:
  ApiKeyStore& store_;
  const Clock clock_;
};

}  // namespace oshirase::registry

// Idempotency keys (IETF draft-ietf-httpapi-idempotency-key-header): a request sent again with the
// same key is done once.
//
// The registry does the work: it gives the first answer to every request id it knows, for good.
// Here the key becomes such an id, and what a key was first used with is remembered for a while, so
// that the same key with other content is refused instead of getting an answer to something else.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/crypto/secret.h"
#include "common/time/clock.h"
#include "services/gateway/api/problem.h"
#include "services/gateway/http/message.h"

namespace oshirase::gateway {

// What a request would do.
struct IdempotentRequest {
  std::string_view purpose;  // Separates the operations: "oshirase api venue 1".
  std::string_view owner;    // The API key.
  std::string_view content;
};

// Thread-safe.
class IdempotencyKeys {
 public:
  static constexpr absl::Duration kMemory = absl::Hours(24);
  static constexpr size_t kMaxRemembered = 100'000;

  // `form_key` is the same in every gateway, so that they agree about ids.
  IdempotencyKeys(const crypto::SecretKey& form_key, Clock clock);

  // The request id, a UUID, for `request` with the key in the header of `from`. A problem when
  // there is no key, or it was used with other content.
  OrProblem<std::string> RequestIdOf(const HttpRequest& from, const IdempotentRequest& request);

  // Says that `request` was done under `request_id`.
  void Remember(const std::string& request_id, const IdempotentRequest& request);

  // A request id for the same content always, without a key.
  std::string IdOfContent(const IdempotentRequest& request) const;

 private:
  std::string DigestOf(const IdempotentRequest& request) const;

  const crypto::SecretKey key_;
  const Clock clock_;
  absl::Mutex mutex_;
  // By request id.
  absl::flat_hash_map<std::string, std::string> contents_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::pair<absl::Time, std::string>> ages_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway

// Finds out for which business a caller may act. The registry checks every credential itself: the
// gateway cannot act for a business without one.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "services/registry/domain/business_store.h"

namespace oshirase::registry {

// Thread-safe.
class Credentials {
 public:
  // `businesses` must outlive it.
  Credentials(BusinessStore& businesses, Clock clock)
      : businesses_(businesses), clock_(std::move(clock)) {}

  // The holder of a session. Returns SESSION_ENDED for a token of none, and UNAVAILABLE.
  absl::StatusOr<Holder> OfSession(const std::string& token);

  // The holder of an API key. Returns API_KEY_UNKNOWN for a key of nobody or a revoked one, and
  // UNAVAILABLE.
  absl::StatusOr<Holder> OfApiKey(const std::string& secret);

 private:
  BusinessStore& businesses_;
  const Clock clock_;
};

}  // namespace oshirase::registry

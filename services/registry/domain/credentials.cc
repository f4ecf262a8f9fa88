#include "services/registry/domain/credentials.h"

#include <utility>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {

absl::StatusOr<Holder> Credentials::OfSession(const std::string& token) {
  ASSIGN_OR_RETURN(auto id, businesses_.FindSession(HashOf(token), clock_()));
  if (!id.has_value()) return SessionEnded();
  return Holder{.business_id = *id, .actor = ActorOf(*id)};
}

absl::StatusOr<Holder> Credentials::OfApiKey(const std::string& secret) {
  ASSIGN_OR_RETURN(auto holder, businesses_.FindApiKey(HashOf(secret)));
  if (!holder.has_value()) return ApiKeyUnknown();
  return *std::move(holder);
}

}  // namespace oshirase::registry

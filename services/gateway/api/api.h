// The business registration API, /api/v1: all its calls, and what they share. What they are is
// described by openapi.json beside this file, which a test holds to these routes.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/api/bulk_api.h"
#include "services/gateway/api/catalogue_api.h"
#include "services/gateway/api/venue_actions_api.h"
#include "services/gateway/api/venues_api.h"

namespace oshirase::gateway {

// Whom the API asks.
struct ApiBackends {
  BusinessClient& business;
  BulkClient& bulk;
  VisitCounter& visits;
};

// Thread-safe.
class Api {
 public:
  // The backends must outlive the result. `form_key` is the same in every gateway. Returns INTERNAL
  // when something compiled in is wrong.
  static absl::StatusOr<std::unique_ptr<Api>> Create(const ApiBackends& backends, LinkBases bases,
                                                     const crypto::SecretKey& form_key,
                                                     const Clock& clock);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

  // The answer to a request that reached none of them.
  HttpResponse ErrorAnswer(const HttpRequest& request, int status) const {
    return problems_.Answer(request, ProblemOfStatus(status));
  }

  // Whether a path is the API's, and its errors problems.
  static bool Owns(std::string_view path) { return path.substr(0, 5) == "/api/"; }

 private:
  struct Contents {
    Problems problems;
    Words words;
    catalogue::Catalogue catalogue;
  };
  Api(const ApiBackends& backends, LinkBases bases, Contents contents,
      std::unique_ptr<IdempotencyKeys> keys);

  const Problems problems_;
  const Words words_;
  const catalogue::Catalogue catalogue_;
  const LinkBases bases_;
  const ApiCalls calls_;
  const std::unique_ptr<IdempotencyKeys> keys_;
  CatalogueApi open_;
  VenuesApi venues_;
  VenueActionsApi actions_;
  BulkApi bulk_;
};

}  // namespace oshirase::gateway

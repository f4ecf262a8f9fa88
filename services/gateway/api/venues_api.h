// /api/v1/venues: a business's venues, registered, read and changed by its own program.
#pragma once

#include <vector>

#include "services/gateway/api/api_calls.h"
#include "services/gateway/api/idempotency.h"
#include "services/gateway/api/venue_json.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/http/router.h"

namespace oshirase::gateway {

// Thread-safe.
class VenuesApi {
 public:
  // All must outlive this.
  struct Parts {
    BusinessClient& business;
    const ApiCalls& calls;
    IdempotencyKeys& keys;
    const LinkBases& bases;
  };
  explicit VenuesApi(Parts parts) : parts_(parts) {}

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  using Answer = ApiCalls::Answer;

  Answer Start(const HttpRequest& request) const;
  Answer ShowBusiness(const HttpRequest& request, const Credential& key) const;
  Answer Add(const HttpRequest& request, const Credential& key) const;
  Answer List(const HttpRequest& request, const Credential& key) const;
  Answer Get(const HttpRequest& request, const Credential& key) const;
  // PUT: all that the business tells.
  Answer Replace(const HttpRequest& request, const Credential& key) const;
  // PATCH: what changes of it (RFC 7396).
  Answer Change(const HttpRequest& request, const Credential& key) const;
  Answer Update(const HttpRequest& request, const Credential& key, VenueDetails details) const;

  const Parts parts_;
};

// A venue as an answer, with its ETag.
HttpResponse VenueAnswer(int status, const OwnVenue& venue, const LinkBases& bases);

}  // namespace oshirase::gateway

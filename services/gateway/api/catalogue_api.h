// What needs no key: the catalogue, the description of the API, and the meaning of its problems.
#pragma once

#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/api/api_calls.h"
#include "services/gateway/http/router.h"

namespace oshirase::gateway {

// Thread-safe.
class CatalogueApi {
 public:
  // All must outlive this.
  struct Parts {
    const ApiCalls& calls;
    const Problems& problems;
    const catalogue::Catalogue& catalogue;
  };
  explicit CatalogueApi(Parts parts) : parts_(parts) {}

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  ApiCalls::Answer ShowCatalogue(const HttpRequest& request) const;
  ApiCalls::Answer ExplainProblem(const HttpRequest& request) const;

  const Parts parts_;
};

}  // namespace oshirase::gateway

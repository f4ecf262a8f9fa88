// The search of venues that agreed to be listed.
#pragma once

#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/backends/public_client.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class ListedVenuesHandler {
 public:
  struct Parts {
    PublicClient& everybody;
    const Renderer& renderer;
    const catalogue::Catalogue& catalogue;
  };

  // The parts must outlive this.
  explicit ListedVenuesHandler(Parts parts) : parts_(parts) {}

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  HttpResponse Show(const HttpRequest& request) const;
  kainjow::mustache::data Entry(const ListedVenue& venue, Language language) const;
  kainjow::mustache::data Kinds(const std::string& chosen, Language language) const;

  const Parts parts_;
};

}  // namespace oshirase::gateway

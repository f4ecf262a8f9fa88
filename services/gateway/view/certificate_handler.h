// Anybody's check of a certificate: whether its number is real, whether it still holds, and what
// the business declared.
#pragma once

#include <utility>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/backends/public_client.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class CertificateHandler {
 public:
  struct Parts {
    PublicClient& everybody;
    const Renderer& renderer;
    const catalogue::Catalogue& catalogue;
  };

  // The parts must outlive this.
  explicit CertificateHandler(Parts parts) : parts_(parts) {}

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  HttpResponse Search(const HttpRequest& request) const;
  HttpResponse Show(const HttpRequest& request) const;
  HttpResponse ShowFound(const HttpRequest& request, const PublishedCertificate& found) const;
  // The page to search from, with a number that leads nowhere.
  HttpResponse ShowSearch(const HttpRequest& request, const std::string& typed,
                          const char* missing) const;

  const Parts parts_;
};

}  // namespace oshirase::gateway

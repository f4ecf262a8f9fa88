// The page of one venue for its business: what is declared, everything to print, and the way to
// every change.
#pragma once

#include <string>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/session_pages.h"

namespace oshirase::gateway {

// Thread-safe.
class VenueHandler {
 public:
  struct Parts {
    BusinessClient& business;
    const SessionPages& pages;
    const catalogue::Catalogue& catalogue;
  };

  // The parts must outlive this. `bot_basic_id` is "@oshirase".
  VenueHandler(Parts parts, std::string bot_basic_id);

  // Routes to this, which must outlive them. Among them is one for any file of a venue, so other
  // pages below a venue's come before these.
  std::vector<Route> Routes();

 private:
  HttpResponse ShowVenue(const HttpRequest& request, const Credential& session) const;
  HttpResponse Download(const HttpRequest& request, const Credential& session) const;
  HttpResponse DownloadQr(const HttpRequest& request, const Credential& session, bool png) const;

  const Parts parts_;
  const std::string bot_basic_id_;
};

}  // namespace oshirase::gateway

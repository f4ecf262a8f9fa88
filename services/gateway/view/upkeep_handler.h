// The way in to a business's own pages by a mailed link, the list of its venues, and the way out.
#pragma once

#include <string>
#include <vector>

#include "common/crypto/secret.h"
#include "common/time/clock.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/forms/sealed_text.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/session_pages.h"

namespace oshirase::gateway {

// Thread-safe.
class UpkeepHandler {
 public:
  struct Parts {
    BusinessClient& business;
    const SessionPages& pages;
    Clock clock;
  };

  // The parts must outlive this. `form_key` is the same in every gateway.
  UpkeepHandler(Parts parts, const crypto::SecretKey& form_key);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  HttpResponse ShowLinkForm(const HttpRequest& request) const;
  HttpResponse SendLink(const HttpRequest& request) const;
  HttpResponse ShowLinkSent(const HttpRequest& request) const;
  HttpResponse ShowVenues(const HttpRequest& request, const Credential& session) const;
  HttpResponse Leave(const HttpRequest& request, const Credential& session) const;

  HttpResponse LinkForm(const HttpRequest& request, const std::string& email,
                        std::vector<FormProblem> problems) const;

  const Parts parts_;
  const SealedText sent_seal_;
};

}  // namespace oshirase::gateway

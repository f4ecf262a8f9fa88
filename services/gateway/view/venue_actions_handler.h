// What a business does with a venue besides changing its details: replace its QR code, close it and
// open it again, and see roughly how often it was scanned.
#pragma once

#include <string>
#include <vector>

#include "common/crypto/secret.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/backends/visit_counter.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/session_pages.h"

namespace oshirase::gateway {

// Thread-safe.
class VenueActionsHandler {
 public:
  struct Parts {
    BusinessClient& business;
    VisitCounter& visits;
    const SessionPages& pages;
  };

  // The parts must outlive this. `form_key` is the same in every gateway.
  VenueActionsHandler(Parts parts, const crypto::SecretKey& form_key);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  // Answers with a page about `venue`.
  using VenuePage = HttpResponse (VenueActionsHandler::*)(const HttpRequest&, const Credential&,
                                                          const OwnVenue&) const;
  HttpHandler ForVenue(VenuePage page) const;

  HttpResponse ShowCodeForm(const HttpRequest& request, const Credential& session,
                            const OwnVenue& venue) const;
  HttpResponse CodeForm(const HttpRequest& request, const Credential& session,
                        const OwnVenue& venue, std::vector<FormProblem> problems) const;
  HttpResponse ReplaceCode(const HttpRequest& request, const Credential& session,
                           const FormBody& body) const;
  HttpResponse ConfirmCode(const HttpRequest& request, const Credential& session,
                           const FormBody& body, int days) const;
  HttpResponse ShowCodeReplaced(const HttpRequest& request, const Credential& session,
                                const OwnVenue& venue) const;
  HttpResponse ShowState(const HttpRequest& request, const Credential& session,
                         const OwnVenue& venue) const;
  HttpResponse SetState(const HttpRequest& request, const Credential& session,
                        const FormBody& body) const;
  HttpResponse ShowVisits(const HttpRequest& request, const Credential& session,
                          const OwnVenue& venue) const;

  const Parts parts_;
  const crypto::SecretKey id_key_;
};

}  // namespace oshirase::gateway

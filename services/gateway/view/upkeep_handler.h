// A business's own pages behind its session: the way in by a mailed link, its venues, and
// everything to download.
#pragma once

#include <string>
#include <vector>

#include "common/crypto/secret.h"
#include "common/time/clock.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/forms/sealed_text.h"
#include "services/gateway/http/router.h"
#include "services/gateway/session/sessions.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class UpkeepHandler {
 public:
  struct Parts {
    BusinessClient& business;
    const Renderer& renderer;
    const Sessions& sessions;
    Clock clock;
  };

  // The parts must outlive this. `bot_basic_id` is "@oshirase"; `form_key` is the same in every
  // gateway.
  UpkeepHandler(Parts parts, std::string bot_basic_id, const crypto::SecretKey& form_key);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  // Answers with a page of the session; called when there is a cookie of one.
  using SessionPage = HttpResponse (UpkeepHandler::*)(const HttpRequest&, const Credential&) const;
  HttpHandler WithSession(SessionPage page) const;

  HttpResponse ShowLinkForm(const HttpRequest& request) const;
  HttpResponse SendLink(const HttpRequest& request) const;
  HttpResponse ShowLinkSent(const HttpRequest& request) const;
  HttpResponse ShowVenues(const HttpRequest& request, const Credential& session) const;
  HttpResponse ShowVenue(const HttpRequest& request, const Credential& session) const;
  HttpResponse Download(const HttpRequest& request, const Credential& session) const;
  HttpResponse Leave(const HttpRequest& request, const Credential& session) const;

  HttpResponse LinkForm(const HttpRequest& request, const std::string& email,
                        std::vector<FormProblem> problems) const;
  HttpResponse DownloadQr(const HttpRequest& request, const Credential& session, bool png) const;
  HttpResponse ShowFailure(const HttpRequest& request, const absl::Status& status) const;

  const Parts parts_;
  const std::string bot_basic_id_;
  const SealedText sent_seal_;
};

}  // namespace oshirase::gateway

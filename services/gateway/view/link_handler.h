// Mailed links. Programs that check mail follow links, so opening one only shows a page with a
// button; the button uses it, once, and opens a session.
#pragma once

#include <utility>
#include <vector>

#include "common/time/clock.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/http/router.h"
#include "services/gateway/session/sessions.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class LinkHandler {
 public:
  struct Parts {
    BusinessClient& business;
    const Renderer& renderer;
    const Sessions& sessions;
    Clock clock;
  };

  // The parts must outlive this.
  explicit LinkHandler(Parts parts) : parts_(std::move(parts)) {}

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  HttpResponse Show(const HttpRequest& request) const;
  HttpResponse Use(const HttpRequest& request) const;
  HttpResponse ShowEnded(const HttpRequest& request, const MailedLink& link) const;
  HttpResponse ShowUnknown(const HttpRequest& request) const;
  HttpResponse ShowFailure(const HttpRequest& request, const absl::Status& status) const;

  const Parts parts_;
};

}  // namespace oshirase::gateway

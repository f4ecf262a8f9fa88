// The registration over HTTP: form → check → send → done, without cookies and without scripts. What
// the browser carries from page to page is sealed.
#pragma once

#include <string>
#include <vector>

#include "common/time/clock.h"
#include "services/gateway/forms/register_draft.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class RegisterHandler {
 public:
  struct Parts {
    RegistryClient& registry;
    const Renderer& renderer;
    Clock clock;
  };
  struct Options {
    std::string public_url;    // Where forms are sent from; without a path.
    std::string bot_basic_id;  // "@oshirase"
  };

  // The parts must outlive this. `form_key` is the same in every gateway.
  RegisterHandler(Parts parts, Options options, const crypto::SecretKey& form_key);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  HttpResponse ShowForm(const HttpRequest& request);
  HttpResponse Check(const HttpRequest& request);
  HttpResponse Edit(const HttpRequest& request);
  HttpResponse Send(const HttpRequest& request);
  HttpResponse ShowDone(const HttpRequest& request);
  HttpResponse Png(const HttpRequest& request);
  HttpResponse Svg(const HttpRequest& request);

  absl::StatusOr<RegisterDraft> DraftIn(const FormBody& body) const;
  HttpResponse Refuse(const absl::Status& status) const;

  const Parts parts_;
  const Options options_;
  const SealedText draft_seal_;
  const SealedText done_seal_;
};

}  // namespace oshirase::gateway

// The pages on which people write to the prefecture's desk: enquiries of businesses, and reports of
// false certificates and tampered QR codes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/crypto/secret.h"
#include "common/time/clock.h"
#include "services/gateway/backends/public_client.h"
#include "services/gateway/forms/letter.h"
#include "services/gateway/forms/sealed_text.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class LetterHandler {
 public:
  struct Parts {
    PublicClient& everybody;
    const Renderer& renderer;
    Clock clock;
  };

  // The parts must outlive this.
  LetterHandler(Parts parts, const crypto::SecretKey& form_key);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  // A letter's page as it is shown.
  struct View {
    LetterKind kind;
    Letter letter;
    std::string page;  // Sealed: the random id of the page.
    std::vector<FormProblem> problems = {};
    int status = 200;  // 503: could not be sent now.
  };

  HttpResponse Show(const HttpRequest& request, LetterKind kind) const;
  HttpResponse Send(const HttpRequest& request, LetterKind kind) const;
  HttpResponse ShowSent(const HttpRequest& request, LetterKind kind) const;
  HttpResponse ShowForm(const HttpRequest& request, View view) const;
  HttpResponse ShowRefusal(const HttpRequest& request, View view, const absl::Status& status) const;

  const Parts parts_;
  const SealedText page_seal_;
  const SealedText sent_seal_;
  const crypto::SecretKey id_key_;
};

}  // namespace oshirase::gateway

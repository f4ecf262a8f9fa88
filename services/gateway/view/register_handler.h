// The registration over HTTP: short pages that ask, one that shows it all, and the mail. No cookie
// and no script is needed: what was answered travels sealed in a hidden field. Each page's form
// goes to the address of the next page, which first looks whether everything before it is well
// answered; so going back, changing one answer, another language and a reload are all the same
// request.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "common/crypto/secret.h"
#include "common/time/clock.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/forms/postal_codes.h"
#include "services/gateway/forms/register_draft.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/register_pages.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class RegisterHandler {
 public:
  struct Parts {
    BusinessClient& business;
    const Renderer& renderer;
    const catalogue::Catalogue& catalogue;
    PostalCodes postal_codes;
    Clock clock;
  };

  // The parts must outlive this. `form_key` is the same in every gateway.
  RegisterHandler(Parts parts, const crypto::SecretKey& form_key);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  // What a step was sent with.
  struct Answers;

  HttpResponse ShowFirst(const HttpRequest& request) const;
  HttpResponse ShowStep(const HttpRequest& request, RegisterStep target) const;
  HttpResponse Send(const HttpRequest& request) const;
  HttpResponse ShowSent(const HttpRequest& request) const;
  HttpResponse FindAddress(const HttpRequest& request) const;

  absl::StatusOr<Answers> ReadAnswers(const HttpRequest& request) const;
  absl::StatusOr<RegisterDraft> DraftIn(const FormBody& body) const;
  // The page of the first step before `before` that has problems, if any.
  std::optional<HttpResponse> ShowProblems(const HttpRequest& request, const Answers& answers,
                                           RegisterStep before) const;
  HttpResponse ShowAnswers(const HttpRequest& request, const Answers& answers, RegisterStep step,
                           std::vector<FormProblem> problems) const;
  HttpResponse ShowRefusal(const HttpRequest& request, const Answers& answers,
                           const absl::Status& status) const;

  const Parts parts_;
  const RegisterPages pages_;
  const SealedText draft_seal_;
  const SealedText sent_seal_;
  const crypto::SecretKey id_key_;
};

}  // namespace oshirase::gateway

// Changing what a venue declares, and registering a further venue or a room of one: the short pages
// of the registration, behind a session. What was typed travels sealed in a hidden field, as there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "common/crypto/secret.h"
#include "common/time/clock.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/forms/postal_codes.h"
#include "services/gateway/forms/upkeep_draft.h"
#include "services/gateway/http/router.h"
#include "services/gateway/view/change_pages.h"
#include "services/gateway/view/register_pages.h"
#include "services/gateway/view/session_pages.h"

namespace oshirase::gateway {

// Thread-safe.
class VenueFormHandler {
 public:
  struct Parts {
    BusinessClient& business;
    const SessionPages& pages;
    const catalogue::Catalogue& catalogue;
    PostalCodes postal_codes;
    Clock clock;
  };

  // The parts must outlive this. `form_key` is the same in every gateway.
  VenueFormHandler(Parts parts, const crypto::SecretKey& form_key);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

 private:
  enum class Purpose { kChange, kAdd, kAddRoom };
  // One request to a step, or to what the check page sends.
  struct Ask;

  void AddRoutes(Purpose purpose, const std::string& path, std::vector<Route>& routes);
  StepFlow FlowOf(const Ask& ask) const;

  HttpResponse Open(const Ask& ask, RegisterStep step) const;
  HttpResponse ShowStep(Ask ask, const FormBody& body, RegisterStep target) const;
  HttpResponse Send(Ask ask, const FormBody& body) const;
  HttpResponse ShowDone(const HttpRequest& request, const Credential& session) const;

  // Reads the form into `ask`.
  absl::Status Read(const FormBody& body, Ask& ask) const;
  // The page of the first step before `before` that has problems, if any.
  std::optional<HttpResponse> ShowProblems(const Ask& ask, RegisterStep before) const;
  HttpResponse ShowAnswers(const Ask& ask, RegisterStep step,
                           std::vector<FormProblem> problems) const;
  HttpResponse ShowCheck(Ask ask) const;
  HttpResponse SendChange(const Ask& ask) const;
  HttpResponse SendAddition(const Ask& ask) const;
  HttpResponse ShowConflict(Ask ask, const OwnVenue& now) const;
  HttpResponse ShowRefusal(const Ask& ask, const absl::Status& status) const;

  const Parts parts_;
  const RegisterPages steps_;
  const ChangePages changes_;
  const SealedText seal_;
  const crypto::SecretKey id_key_;
};

}  // namespace oshirase::gateway

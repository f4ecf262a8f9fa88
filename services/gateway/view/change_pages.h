// The pages of a change of a venue that a registration has not: what will change, what another
// change was faster with, and what became of it.
#pragma once

#include <string>

#include "services/gateway/forms/upkeep_draft.h"
#include "services/gateway/view/differences.h"
#include "services/gateway/view/register_pages.h"
#include "services/gateway/view/session_pages.h"

namespace oshirase::gateway {

// What these pages are shown with.
struct ChangeView {
  StepFlow flow;
  UpkeepDraft draft;
  std::string sealed;  // The draft.
  RegisterForm once;   // Of a conflict: what the draft began from.
};

// Thread-safe.
class ChangePages {
 public:
  // All must outlive this.
  ChangePages(const SessionPages& pages, const RegisterPages& steps,
              const catalogue::Catalogue& catalogue)
      : pages_(pages), steps_(steps), differences_(catalogue, pages.words()) {}

  // What will change about `venue`, to be sent.
  HttpResponse Check(const HttpRequest& request, const ChangeView& view,
                     const OwnVenue& venue) const;

  // The venue was changed meanwhile: `view` has the draft's own changes on top of that, to be
  // checked again.
  HttpResponse Conflict(const HttpRequest& request, const ChangeView& view) const;

  // It was changed; with a new certificate or without.
  HttpResponse Done(const HttpRequest& request, const Credential& session, const OwnVenue& venue,
                    bool issued) const;

 private:
  kainjow::mustache::data ListOf(const std::vector<Difference>& differences, const ChangeView& view,
                                 Language language) const;

  const SessionPages& pages_;
  const RegisterPages& steps_;
  const Differences differences_;
};

}  // namespace oshirase::gateway

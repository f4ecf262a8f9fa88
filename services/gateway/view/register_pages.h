// The pages of a registration, and of what is like one: the steps that ask, the one that shows it
// all, and what comes after.
#pragma once

#include <string>
#include <vector>

#include "common/catalogue/catalogue.h"
#include "services/gateway/forms/form_problem.h"
#include "services/gateway/forms/register_draft.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Whose steps they are: the registration's unless told otherwise.
struct StepFlow {
  std::string path = "/register";  // Steps are below it; it takes what the check page sends.
  std::string start_path = "/";    // Where the first page's way back leads.
  std::string csrf = "";           // Of a session, which has proved its mailbox.
  bool marking = false;            // Whether measures that come will be marked as new.

  bool in_session() const { return !csrf.empty(); }
};

// What a step is shown with.
struct StepView {
  StepFlow flow = {};
  RegisterStep step = RegisterStep::kIndustry;
  RegisterForm form;
  std::string draft;  // Sealed; "" on the very first page.
  // Whether there is no page of the flow to go back to.
  bool opening = false;
  // Whether only this step is being changed, so that the check page comes next.
  bool changing = false;
  std::string focus;  // The field to go to, if any.
  std::vector<FormProblem> problems = {};
  // Whether the postal code can fill in the address, and whether it stood for several towns.
  bool fillable = false;
  bool several_towns = false;
};

// Thread-safe.
class RegisterPages {
 public:
  // What is referred to must outlive this.
  RegisterPages(const Renderer& renderer, const catalogue::Catalogue& catalogue)
      : renderer_(renderer), catalogue_(catalogue) {}

  HttpResponse Step(const HttpRequest& request, const StepView& view) const;

  // The page `page` as a step's, for a flow with a check page of its own.
  HttpResponse Show(const HttpRequest& request, Page page) const;
  // A page with what every step has.
  Page StepFrame(const HttpRequest& request, const StepView& view) const;

  // When it is not known whether a registration arrived (503), or its mailbox got too many mails
  // (429): the same draft can be sent again safely.
  HttpResponse Again(const HttpRequest& request, const StepFlow& flow, const std::string& draft,
                     int status) const;

  // Where to look for the mail.
  HttpResponse Sent(const HttpRequest& request, const SentMail& mail) const;

 private:
  const Renderer& renderer_;
  const catalogue::Catalogue& catalogue_;
};

}  // namespace oshirase::gateway

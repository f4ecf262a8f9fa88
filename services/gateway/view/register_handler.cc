#include "services/gateway/view/register_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/log/log.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/gateway/backends/field_problems.h"
#include "services/gateway/forms/address_fill.h"
#include "services/gateway/forms/json_text.h"
#include "services/gateway/forms/own_form.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/http/url.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

// Nobody loses what was typed for having been called to the till.
constexpr absl::Duration kDraftLifetime = absl::Hours(24);
// The page after sending can be looked at again as long as the mailed link works.
constexpr absl::Duration kSentLifetime = absl::Hours(24);

constexpr RegisterStep kSteps[] = {RegisterStep::kIndustry, RegisterStep::kVenue,
                                   RegisterStep::kMeasures, RegisterStep::kContact,
                                   RegisterStep::kCheck};

}  // namespace

struct RegisterHandler::Answers {
  RegisterDraft before;  // As it came, without what was typed on this page.
  RegisterDraft draft;   // With it.
  std::string page;      // The step that was sent.
  bool changing = false;
  std::string focus;
  // Of filling in the address.
  bool several_towns = false;
  std::vector<FormProblem> problems;
};

RegisterHandler::RegisterHandler(Parts parts, const crypto::SecretKey& form_key)
    : parts_(std::move(parts)),
      pages_(parts_.renderer, parts_.catalogue),
      draft_seal_(form_key, "oshirase register draft 2", kDraftLifetime, parts_.clock),
      sent_seal_(form_key, "oshirase register sent 1", kSentLifetime, parts_.clock),
      id_key_(crypto::DeriveKey(form_key, "oshirase register id 1")) {}

std::vector<Route> RegisterHandler::Routes() {
  std::vector<Route> routes = {
      {"GET", "/register", "register",
       [this](const HttpRequest& request) { return ShowFirst(request); }},
      {"POST", "/register", "register_send",
       [this](const HttpRequest& request) { return Send(request); }},
      {"GET", "/register/sent", "register_sent",
       [this](const HttpRequest& request) { return ShowSent(request); }},
      {"GET", "/postal-codes/{code}", "postal_code",
       [this](const HttpRequest& request) { return FindAddress(request); }}};
  for (const RegisterStep step : kSteps) {
    const std::string path = absl::StrCat("/register/", NameOf(step));
    routes.push_back(
        {"POST", path, absl::StrCat("register_", NameOf(step)),
         [this, step](const HttpRequest& request) { return ShowStep(request, step); }});
    // For who typed the address, or came back to it: there are no answers to show.
    routes.push_back({"GET", path, "register_begin", [](const HttpRequest& request) {
                        return SeeOther("/register" + LanguageQuery(LanguageOf(request)));
                      }});
  }
  return routes;
}

HttpResponse RegisterHandler::ShowFirst(const HttpRequest& request) const {
  return pages_.Step(request, {});
}

absl::StatusOr<RegisterDraft> RegisterHandler::DraftIn(const FormBody& body) const {
  const std::string sealed = FieldOf(body, "draft");
  if (sealed.empty()) return RegisterDraft{.flow_id = ids::NewUuid()};
  return OpenDraft(draft_seal_, sealed);
}

absl::StatusOr<RegisterHandler::Answers> RegisterHandler::ReadAnswers(
    const HttpRequest& request) const {
  ASSIGN_OR_RETURN(const FormBody body, ReadOwnForm(request, parts_.renderer.facts().public_url));
  Answers answers;
  ASSIGN_OR_RETURN(answers.before, DraftIn(body));
  answers.draft = answers.before;
  answers.page = FieldOf(body, "step");
  answers.focus = FieldOf(body, "focus");
  answers.changing = FieldOf(body, "changing") == "yes" || !answers.focus.empty();
  if (body.contains("discard")) {
    answers.changing = false;
    return answers;
  }
  RegisterForm& form = answers.draft.form;
  MergeForm(body, parts_.catalogue, form);
  // Another industry has another checklist, and an event has dates: all steps once more.
  const std::string& kind_before = answers.before.form.kind;
  if (!kind_before.empty() && kind_before != form.kind) answers.changing = false;
  if (FieldOf(body, "fill") == "address") {
    AddressFill fill =
        FillAddress(parts_.postal_codes, parts_.renderer.facts().prefecture_name, form);
    answers.focus = "address";
    answers.several_towns = fill.several_towns;
    answers.problems = std::move(fill.problems);
  }
  return answers;
}

HttpResponse RegisterHandler::ShowStep(const HttpRequest& request, RegisterStep target) const {
  const auto answers = ReadAnswers(request);
  if (!answers.ok()) return RefuseForm(parts_.renderer, request, answers.status());
  const bool kind_changed = answers->before.form.kind != answers->draft.form.kind;
  if (target == RegisterStep::kCheck && kind_changed && !answers->before.form.kind.empty()) {
    target = RegisterStep::kVenue;
  }
  if (auto problems = ShowProblems(request, *answers, target)) return *std::move(problems);
  return ShowAnswers(request, *answers, target, answers->problems);
}

std::optional<HttpResponse> RegisterHandler::ShowProblems(const HttpRequest& request,
                                                          const Answers& answers,
                                                          RegisterStep before) const {
  for (const RegisterStep step : kAskingSteps) {
    if (step >= before) break;
    auto problems = CheckStep(answers.draft.form, step, parts_.catalogue);
    if (!problems.empty()) return ShowAnswers(request, answers, step, std::move(problems));
  }
  return std::nullopt;
}

HttpResponse RegisterHandler::ShowAnswers(const HttpRequest& request, const Answers& answers,
                                          RegisterStep step,
                                          std::vector<FormProblem> problems) const {
  StepView view = {.step = step, .form = answers.draft.form};
  // What is wrong is in the page's own fields; a draft that held it too would outgrow a request.
  const bool own_problems = !problems.empty() && answers.page == NameOf(step);
  view.draft = SealDraft(draft_seal_, own_problems ? answers.before : answers.draft);
  view.changing = answers.changing && step != RegisterStep::kCheck;
  view.focus = answers.focus;
  view.problems = std::move(problems);
  view.fillable = !parts_.postal_codes.empty();
  view.several_towns = answers.several_towns;
  return pages_.Step(request, view);
}

HttpResponse RegisterHandler::Send(const HttpRequest& request) const {
  const auto answers = ReadAnswers(request);
  if (!answers.ok()) return RefuseForm(parts_.renderer, request, answers.status());
  if (auto problems = ShowProblems(request, *answers, RegisterStep::kCheck)) {
    return *std::move(problems);
  }
  const RegisterDraft& draft = answers->draft;
  const auto started = parts_.business.StartRegistration(
      RequestIdOf(id_key_, draft), ToVenueDetails(draft.form), CallOf(request));
  if (!started.ok()) return ShowRefusal(request, *answers, started.status());
  const std::string token = SealSentMail(
      sent_seal_, {draft.form.email, started->link_expire_time, started->receipt_number});
  return SeeOther(absl::StrCat(
      "/register/sent?", EncodeQuery({{"t", token}, {"lang", InfoOf(LanguageOf(request)).code}})));
}

HttpResponse RegisterHandler::ShowRefusal(const HttpRequest& request, const Answers& answers,
                                          const absl::Status& status) const {
  LogWarning("registration failed", {{"code", absl::StatusCodeToString(status.code())},
                                     {"request_id", request.request_id}});
  // The first step that asks for one of the fields, with those of its own.
  RegisterStep first = RegisterStep::kCheck;
  const std::vector<std::string> fields = FieldProblemsOf(status);
  for (const std::string& field : fields) first = std::min(first, StepOf(field));
  if (first != RegisterStep::kCheck) {
    std::vector<FormProblem> problems;
    for (const std::string& field : fields) {
      if (StepOf(field) == first) problems.push_back(RefusedField(field));
    }
    return ShowAnswers(request, answers, first, std::move(problems));
  }
  const bool many = ReasonOf(status) == "TOO_MANY_MAILS";
  const int http_status = many ? 429 : HttpStatusOf(status);
  if (http_status != 429 && http_status != 503) {
    return parts_.renderer.ErrorPage(request, http_status);
  }
  return pages_.Again(request, {}, SealDraft(draft_seal_, answers.draft), http_status);
}

HttpResponse RegisterHandler::ShowSent(const HttpRequest& request) const {
  const auto mail = OpenSentMail(sent_seal_, request.Query("t"));
  if (!mail.ok()) return RefuseForm(parts_.renderer, request, mail.status());
  return pages_.Sent(request, *mail);
}

HttpResponse RegisterHandler::FindAddress(const HttpRequest& request) const {
  const std::string code = PostalCodeDigits(std::string(request.PathValue("code")));
  const PostalAddress address =
      parts_.postal_codes.AddressOf(code, parts_.renderer.facts().prefecture_name);
  HttpResponse response;
  response.status = address.municipality.empty() ? 404 : 200;
  response.content_type = "application/json";
  response.body = DumpJson({{"municipality", address.municipality},
                            {"address", address.town},
                            {"several_towns", address.several_towns}});
  return response;
}

}  // namespace oshirase::gateway

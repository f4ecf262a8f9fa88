#include "services/gateway/view/venue_form_handler.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/log/log.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/gateway/backends/field_problems.h"
#include "services/gateway/forms/address_fill.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

// No session lasts longer.
constexpr absl::Duration kDraftLifetime = absl::Hours(2);

constexpr RegisterStep kSteps[] = {RegisterStep::kIndustry, RegisterStep::kVenue,
                                   RegisterStep::kMeasures, RegisterStep::kContact,
                                   RegisterStep::kCheck};

// What is wrong with a step, but for the mailbox, which the session has proved.
std::vector<FormProblem> ProblemsOf(const RegisterForm& form, RegisterStep step,
                                    const catalogue::Catalogue& catalogue) {
  auto problems = CheckStep(form, step, catalogue);
  std::erase_if(problems, [](const FormProblem& problem) { return problem.field == "email"; });
  return problems;
}

VenueDetails DetailsOf(const UpkeepDraft& draft) {
  VenueDetails details = ToVenueDetails(draft.form);
  details.parent_venue_id = draft.parent_venue_id;
  return details;
}

// A room has its building's place, and whatever else is likely the same; never its consents.
RegisterForm RoomOf(const VenueDetails& parent) {
  RegisterForm form = ToForm(parent);
  form.name.clear();
  form.kana.clear();
  form.event_start_time.clear();
  form.event_end_time.clear();
  form.name_consent = false;
  form.listed = false;
  return form;
}

}  // namespace

struct VenueFormHandler::Ask {
  Purpose purpose = Purpose::kChange;
  const HttpRequest& request;
  const Credential& session;
  UpkeepDraft came = {};   // Without what was typed on this page.
  UpkeepDraft draft = {};  // With it.
  std::string page = "";   // The step that was sent.
  bool opening = false;
  bool changing = false;
  std::string focus = "";
  AddressFill fill = {};
};

VenueFormHandler::VenueFormHandler(Parts parts, const crypto::SecretKey& form_key)
    : parts_(std::move(parts)),
      steps_(parts_.pages.renderer(), parts_.catalogue),
      changes_(parts_.pages, steps_, parts_.catalogue),
      seal_(form_key, "oshirase upkeep draft 1", kDraftLifetime, parts_.clock),
      id_key_(crypto::DeriveKey(form_key, "oshirase upkeep id 1")) {}

std::vector<Route> VenueFormHandler::Routes() {
  std::vector<Route> routes = {
      {"GET", "/upkeep/venues/{venue_id}/changed", "upkeep_changed",
       parts_.pages.ForPage([this](const HttpRequest& request, const Credential& session) {
         return ShowDone(request, session);
       })}};
  AddRoutes(Purpose::kChange, "/upkeep/venues/{venue_id}/change", routes);
  AddRoutes(Purpose::kAdd, "/upkeep/add", routes);
  AddRoutes(Purpose::kAddRoom, "/upkeep/venues/{venue_id}/rooms", routes);
  return routes;
}

void VenueFormHandler::AddRoutes(Purpose purpose, const std::string& path,
                                 std::vector<Route>& routes) {
  const char* name = purpose == Purpose::kChange ? "upkeep_change" : "upkeep_add";
  const auto open = [&](RegisterStep step) {
    return parts_.pages.ForPage(
        [this, purpose, step](const HttpRequest& request, const Credential& session) {
          return Open({purpose, request, session}, step);
        });
  };
  const bool change = purpose == Purpose::kChange;
  routes.push_back(
      {"GET", path, name, open(change ? RegisterStep::kMeasures : RegisterStep::kIndustry)});
  routes.push_back(
      {"POST", path, name,
       parts_.pages.ForForm([this, purpose](const HttpRequest& request, const Credential& session,
                                            const FormBody& body) {
         return Send({purpose, request, session}, body);
       })});
  for (const RegisterStep step : kSteps) {
    const std::string step_path = absl::StrCat(path, "/", NameOf(step));
    // For who typed the address, or came back to it, there are no answers to check yet.
    const bool asks = step != RegisterStep::kCheck;
    routes.push_back({"GET", step_path, name,
                      open(!change ? RegisterStep::kIndustry
                           : asks  ? step
                                   : RegisterStep::kMeasures)});
    routes.push_back({"POST", step_path, name,
                      parts_.pages.ForForm([this, purpose, step](const HttpRequest& request,
                                                                 const Credential& session,
                                                                 const FormBody& body) {
                        return ShowStep({purpose, request, session}, body, step);
                      })});
  }
}

StepFlow VenueFormHandler::FlowOf(const Ask& ask) const {
  const std::string csrf = parts_.pages.sessions().CsrfToken(ask.session);
  if (ask.purpose == Purpose::kAdd) return {"/upkeep/add", "/upkeep", csrf};
  const std::string venue = VenuePath(VenueIdIn(ask.request));
  const bool change = ask.purpose == Purpose::kChange;
  return {absl::StrCat(venue, change ? "/change" : "/rooms"), venue, csrf, /*marking=*/change};
}

HttpResponse VenueFormHandler::Open(const Ask& ask, RegisterStep step) const {
  Ask opened = ask;
  UpkeepDraft& draft = opened.draft;
  draft.flow_id = ids::NewUuid();
  if (ask.purpose != Purpose::kAdd) {
    const auto venue =
        parts_.business.GetOwnVenue(ask.session, VenueIdIn(ask.request), CallOf(ask.request));
    if (!venue.ok()) return parts_.pages.Failure(ask.request, venue.status());
    if (ask.purpose == Purpose::kChange) {
      draft.venue_id = venue->venue_id;
      draft.revision = venue->revision;
      draft.parent_venue_id = venue->details.parent_venue_id;
      draft.before = ToForm(venue->details);
    } else {
      draft.parent_venue_id = venue->venue_id;
      draft.before = RoomOf(venue->details);
    }
    draft.form = draft.before;
  }
  opened.opening = true;
  return ShowAnswers(opened, step, {});
}

absl::Status VenueFormHandler::Read(const FormBody& body, Ask& ask) const {
  ASSIGN_OR_RETURN(ask.came, OpenUpkeepDraft(seal_, FieldOf(body, "draft")));
  const std::string venue_id = VenueIdIn(ask.request);
  const bool change = ask.purpose == Purpose::kChange;
  if (change ? ask.came.venue_id != venue_id
             : !ask.came.venue_id.empty() || ask.came.parent_venue_id != venue_id) {
    return absl::InvalidArgumentError("the draft is of another venue");
  }
  ask.draft = ask.came;
  ask.page = FieldOf(body, "step");
  ask.focus = FieldOf(body, "focus");
  ask.opening = FieldOf(body, "opening") == "yes";
  ask.changing = change || FieldOf(body, "changing") == "yes" || !ask.focus.empty();
  MergeForm(body, parts_.catalogue, ask.draft.form);
  const std::string& kind = ask.came.form.kind;
  if (!change && !kind.empty() && kind != ask.draft.form.kind) ask.changing = false;
  if (FieldOf(body, "fill") == "address") {
    ask.fill = FillAddress(parts_.postal_codes, parts_.pages.renderer().facts().prefecture_name,
                           ask.draft.form);
    ask.focus = "address";
  }
  return absl::OkStatus();
}

HttpResponse VenueFormHandler::ShowStep(Ask ask, const FormBody& body, RegisterStep target) const {
  if (const auto read = Read(body, ask); !read.ok()) {
    return RefuseForm(parts_.pages.renderer(), ask.request, read);
  }
  // Another industry has another checklist, and an event has dates.
  const bool other_kind = ask.came.form.kind != ask.draft.form.kind;
  if (target == RegisterStep::kCheck && other_kind && !ask.came.form.kind.empty()) {
    const bool event = IsEvent(ask.draft.form, parts_.catalogue);
    target = event ? RegisterStep::kVenue : RegisterStep::kMeasures;
  }
  if (auto problems = ShowProblems(ask, target)) return *std::move(problems);
  return ShowAnswers(ask, target, ask.fill.problems);
}

std::optional<HttpResponse> VenueFormHandler::ShowProblems(const Ask& ask,
                                                           RegisterStep before) const {
  for (const RegisterStep step : kAskingSteps) {
    if (step >= before) break;
    auto problems = ProblemsOf(ask.draft.form, step, parts_.catalogue);
    if (!problems.empty()) return ShowAnswers(ask, step, std::move(problems));
  }
  return std::nullopt;
}

HttpResponse VenueFormHandler::ShowAnswers(const Ask& ask, RegisterStep step,
                                           std::vector<FormProblem> problems) const {
  if (step == RegisterStep::kCheck && ask.purpose == Purpose::kChange) return ShowCheck(ask);
  const bool own_problems = !problems.empty() && ask.page == NameOf(step);
  StepView view = {.flow = FlowOf(ask), .step = step, .form = ask.draft.form};
  // What is wrong is in the page's own fields; see RegisterHandler.
  view.draft = SealDraft(seal_, own_problems ? ask.came : ask.draft);
  // A page opened by a link stays one when it comes back with problems.
  view.opening = ask.opening && (ask.page.empty() || ask.page == NameOf(step));
  view.changing = (ask.changing || ask.purpose == Purpose::kChange) && step != RegisterStep::kCheck;
  view.focus = ask.focus;
  view.problems = std::move(problems);
  view.fillable = !parts_.postal_codes.empty();
  view.several_towns = ask.fill.several_towns;
  return steps_.Step(ask.request, view);
}

HttpResponse VenueFormHandler::ShowCheck(Ask ask) const {
  const auto venue =
      parts_.business.GetOwnVenue(ask.session, ask.draft.venue_id, CallOf(ask.request));
  if (!venue.ok()) return parts_.pages.Failure(ask.request, venue.status());
  if (venue->revision != ask.draft.revision) return ShowConflict(std::move(ask), *venue);
  return changes_.Check(ask.request, {FlowOf(ask), ask.draft, SealDraft(seal_, ask.draft), {}},
                        *venue);
}

HttpResponse VenueFormHandler::ShowConflict(Ask ask, const OwnVenue& now) const {
  UpkeepDraft& draft = ask.draft;
  draft.form = Merged(draft, ToForm(now.details));
  const RegisterForm once = std::exchange(draft.before, ToForm(now.details));
  draft.revision = now.revision;
  const ChangeView view = {FlowOf(ask), draft, SealDraft(seal_, draft), once};
  // The other change did the same: there is nothing left to decide.
  if (draft.form == draft.before) return changes_.Check(ask.request, view, now);
  return changes_.Conflict(ask.request, view);
}

HttpResponse VenueFormHandler::Send(Ask ask, const FormBody& body) const {
  if (const auto read = Read(body, ask); !read.ok()) {
    return RefuseForm(parts_.pages.renderer(), ask.request, read);
  }
  if (auto problems = ShowProblems(ask, RegisterStep::kCheck)) return *std::move(problems);
  return ask.purpose == Purpose::kChange ? SendChange(ask) : SendAddition(ask);
}

HttpResponse VenueFormHandler::SendChange(const Ask& ask) const {
  const UpkeepDraft& draft = ask.draft;
  const CallContext call = CallOf(ask.request);
  const auto changed = parts_.business.UpdateVenue(ask.session,
                                                   {.request_id = RequestIdOf(id_key_, draft),
                                                    .venue_id = draft.venue_id,
                                                    .revision = draft.revision,
                                                    .details = DetailsOf(draft)},
                                                   call);
  if (ReasonOf(changed.status()) == "VENUE_CHANGED") {
    const auto now = parts_.business.GetOwnVenue(ask.session, draft.venue_id, call);
    return now.ok() ? ShowConflict(ask, *now) : parts_.pages.Failure(ask.request, now.status());
  }
  if (!changed.ok()) return ShowRefusal(ask, changed.status());
  return SeeOther(
      InLanguageOf(ask.request, absl::StrCat(VenuePath(draft.venue_id), "/changed",
                                             changed->certificate_issued ? "?issued" : "")));
}

HttpResponse VenueFormHandler::SendAddition(const Ask& ask) const {
  const auto venue = parts_.business.AddVenue(ask.session, RequestIdOf(id_key_, ask.draft),
                                              DetailsOf(ask.draft), CallOf(ask.request));
  if (!venue.ok()) return ShowRefusal(ask, venue.status());
  return SeeOther(InLanguageOf(ask.request, absl::StrCat(VenuePath(venue->venue_id), "?done")));
}

HttpResponse VenueFormHandler::ShowRefusal(const Ask& ask, const absl::Status& status) const {
  LogWarning("a venue was not stored", {{"code", absl::StatusCodeToString(status.code())},
                                        {"request_id", ask.request.request_id}});
  if (IsAlreadyRegistered(status)) {
    return ShowAnswers(ask, RegisterStep::kVenue, {{"name", "change.already_registered"}});
  }
  // The first step that asks for one of the fields, with those of its own.
  RegisterStep first = RegisterStep::kCheck;
  const std::vector<std::string> fields = FieldProblemsOf(status);
  for (const std::string& field : fields) first = std::min(first, StepOf(field));
  if (first != RegisterStep::kCheck) {
    std::vector<FormProblem> problems;
    for (const std::string& field : fields) {
      if (StepOf(field) == first) problems.push_back(RefusedField(field));
    }
    return ShowAnswers(ask, first, std::move(problems));
  }
  if (HttpStatusOf(status) != 503) return parts_.pages.Failure(ask.request, status);
  return steps_.Again(ask.request, FlowOf(ask), SealDraft(seal_, ask.draft), 503);
}

HttpResponse VenueFormHandler::ShowDone(const HttpRequest& request,
                                        const Credential& session) const {
  const auto venue = parts_.business.GetOwnVenue(session, VenueIdIn(request), CallOf(request));
  if (!venue.ok()) return parts_.pages.Failure(request, venue.status());
  return changes_.Done(request, session, *venue, request.HasQuery("issued"));
}

}  // namespace oshirase::gateway

#include "services/gateway/view/venue_actions_handler.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/gateway/forms/derived_id.h"
#include "services/gateway/i18n/dates.h"
#include "services/gateway/view/handler_support.h"
#include "services/gateway/view/visit_chart.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

// How many days an old code may go on working. The first is what happens after tampering.
constexpr std::array<int, 4> kGraceDays = {0, 1, 7, 30};

data GraceList(const Words& words, Language language) {
  data list(data::type::list);
  for (const int days : kGraceDays) {
    data entry;
    // The first bears the field's name, so that the summary of problems can lead there.
    entry.set("id", days == 0 ? "grace" : absl::StrCat("grace-", days));
    entry.set("days", absl::StrCat(days));
    entry.set("label", days == 0 ? words.Get(language, "venue.grace_now")
                                 : words.Format(language, "venue.grace_days",
                                                {{"days", absl::StrCat(days)}}));
    entry.set("hint",
              words.Get(language, days == 0 ? "venue.grace_now_hint" : "venue.grace_days_hint"));
    list.push_back(entry);
  }
  return list;
}

}  // namespace

VenueActionsHandler::VenueActionsHandler(Parts parts, const crypto::SecretKey& form_key)
    : parts_(std::move(parts)), id_key_(crypto::DeriveKey(form_key, "oshirase new code id 1")) {}

std::vector<Route> VenueActionsHandler::Routes() {
  const auto form = [this](auto take) {
    return parts_.pages.ForForm(
        [this, take](const HttpRequest& request, const Credential& session, const FormBody& body) {
          return (this->*take)(request, session, body);
        });
  };
  const std::string venue = "/upkeep/venues/{venue_id}";
  return {{"GET", venue + "/code", "upkeep_code", ForVenue(&VenueActionsHandler::ShowCodeForm)},
          {"POST", venue + "/code", "upkeep_code", form(&VenueActionsHandler::ReplaceCode)},
          {"GET", venue + "/code-replaced", "upkeep_code_replaced",
           ForVenue(&VenueActionsHandler::ShowCodeReplaced)},
          {"GET", venue + "/state", "upkeep_state", ForVenue(&VenueActionsHandler::ShowState)},
          {"POST", venue + "/state", "upkeep_state", form(&VenueActionsHandler::SetState)},
          {"GET", venue + "/visits", "upkeep_visits", ForVenue(&VenueActionsHandler::ShowVisits)}};
}

HttpHandler VenueActionsHandler::ForVenue(VenuePage page) const {
  return parts_.pages.ForPage([this, page](const HttpRequest& request, const Credential& session) {
    const auto venue = parts_.business.GetOwnVenue(session, VenueIdIn(request), CallOf(request));
    if (!venue.ok()) return parts_.pages.Failure(request, venue.status());
    return (this->*page)(request, session, *venue);
  });
}

HttpResponse VenueActionsHandler::ShowCodeForm(const HttpRequest& request,
                                               const Credential& session,
                                               const OwnVenue& venue) const {
  return CodeForm(request, session, venue, {});
}

HttpResponse VenueActionsHandler::CodeForm(const HttpRequest& request, const Credential& session,
                                           const OwnVenue& venue,
                                           std::vector<FormProblem> problems) const {
  const Language language = LanguageOf(request);
  const Words& words = parts_.pages.words();
  Page page = {.name = "venue_code", .problems = std::move(problems)};
  page.values.set("path", VenuePath(venue.venue_id));
  page.values.set("name", venue.details.name);
  page.values.set("code", ids::FormatVenueCode(venue.code));
  page.values.set("known_code", venue.code.value);
  page.values.set("graces", GraceList(words, language));
  page.values.set("wrong", !page.problems.empty());
  return parts_.pages.Render(request, session, std::move(page));
}

HttpResponse VenueActionsHandler::ReplaceCode(const HttpRequest& request, const Credential& session,
                                              const FormBody& body) const {
  const std::string venue_id = VenueIdIn(request);
  int days = -1;
  if (!absl::SimpleAtoi(FieldOf(body, "grace"), &days) ||
      std::find(kGraceDays.begin(), kGraceDays.end(), days) == kGraceDays.end()) {
    const auto venue = parts_.business.GetOwnVenue(session, venue_id, CallOf(request));
    if (!venue.ok()) return parts_.pages.Failure(request, venue.status());
    return CodeForm(request, session, *venue, {{"grace", "venue.grace_missing"}});
  }
  if (FieldOf(body, "confirmed") != "yes") return ConfirmCode(request, session, body, days);
  // One page with one code on it replaces that code once, however often it is sent.
  const std::string what = absl::StrCat(venue_id, " ", FieldOf(body, "known_code"));
  const auto venue =
      parts_.business.ReplaceCode(session,
                                  {.request_id = IdOf(id_key_, "oshirase new code 1", what),
                                   .venue_id = venue_id,
                                   .grace = absl::Hours(24) * days},
                                  CallOf(request));
  // Of that code's page another choice was sent before.
  const bool replaced = venue.ok() || absl::IsAlreadyExists(venue.status());
  if (!replaced) return parts_.pages.Failure(request, venue.status());
  return SeeOther(InLanguageOf(request, absl::StrCat(VenuePath(venue_id), "/code-replaced")));
}

HttpResponse VenueActionsHandler::ConfirmCode(const HttpRequest& request, const Credential& session,
                                              const FormBody& body, int days) const {
  Page page = {.name = "venue_code_confirm"};
  page.values.set("path", VenuePath(VenueIdIn(request)));
  page.values.set("known_code", FieldOf(body, "known_code"));
  page.values.set("days", absl::StrCat(days));
  page.values.set("at_once", days == 0);
  return parts_.pages.Render(request, session, std::move(page));
}

HttpResponse VenueActionsHandler::ShowCodeReplaced(const HttpRequest& request,
                                                   const Credential& session,
                                                   const OwnVenue& venue) const {
  const Language language = LanguageOf(request);
  Page page = {.name = "venue_code_replaced"};
  page.values.set("path", VenuePath(venue.venue_id));
  page.values.set("name", venue.details.name);
  page.values.set("code", ids::FormatVenueCode(venue.code));
  page.values.set("has_old_code", venue.old_code_end.has_value());
  if (venue.old_code_end) {
    page.values.set("old_code_end", DateAndTime(language, *venue.old_code_end));
  }
  return parts_.pages.Render(request, session, std::move(page));
}

HttpResponse VenueActionsHandler::ShowState(const HttpRequest& request, const Credential& session,
                                            const OwnVenue& venue) const {
  const bool suspended = venue.state == OwnVenue::State::kSuspended;
  const bool open = venue.state == OwnVenue::State::kOpen;
  Page page = {.name = "venue_state"};
  if (!open) {
    page.title = parts_.pages.words().Format(
        LanguageOf(request), suspended ? "venue.suspended_title" : "venue.reopen_title",
        {{"prefecture", parts_.pages.renderer().facts().prefecture_name}});
  }
  page.values.set("path", VenuePath(venue.venue_id));
  page.values.set("name", venue.details.name);
  page.values.set("is_open", open);
  page.values.set("is_closed", venue.state == OwnVenue::State::kClosed);
  page.values.set("is_suspended", suspended);
  return parts_.pages.Render(request, session, std::move(page));
}

HttpResponse VenueActionsHandler::SetState(const HttpRequest& request, const Credential& session,
                                           const FormBody& body) const {
  const std::string wanted = FieldOf(body, "state");
  if (wanted != "open" && wanted != "closed") {
    return parts_.pages.renderer().ErrorPage(request, 400);
  }
  const std::string venue_id = VenueIdIn(request);
  const auto venue =
      parts_.business.SetVenueOpen(session, venue_id, wanted == "open", CallOf(request));
  // The page itself says why it cannot be done.
  if (ReasonOf(venue.status()) == "VENUE_SUSPENDED") {
    return SeeOther(InLanguageOf(request, absl::StrCat(VenuePath(venue_id), "/state")));
  }
  if (!venue.ok()) return parts_.pages.Failure(request, venue.status());
  return SeeOther(InLanguageOf(request, VenuePath(venue_id)));
}

HttpResponse VenueActionsHandler::ShowVisits(const HttpRequest& request, const Credential& session,
                                             const OwnVenue& venue) const {
  const auto days = parts_.visits.CountVenueDays(venue.venue_id, CallOf(request));
  if (!days.ok()) {
    // A session that checkin knows nothing of cannot be over for its sake.
    const auto status = absl::UnavailableError("no counts");
    return parts_.pages.Failure(request, status);
  }
  const Language language = LanguageOf(request);
  Page page = {.name = "venue_visits"};
  page.values.set("path", VenuePath(venue.venue_id));
  page.values.set("name", venue.details.name);
  AddVisitChart(*days, parts_.pages.words(), language, page.values);
  return parts_.pages.Render(request, session, std::move(page));
}

}  // namespace oshirase::gateway

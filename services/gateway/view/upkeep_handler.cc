#include "services/gateway/view/upkeep_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/gateway/forms/own_form.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/forms/text.h"
#include "services/gateway/http/url.h"
#include "services/gateway/view/fields.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

constexpr absl::Duration kSentLifetime = absl::Hours(1);
FieldSpec EmailSpec() {
  return {.name = "email",
          .required = true,
          .type = "email",
          .autocomplete = "email",
          .hint = "upkeep.email_hint"};
}

}  // namespace

UpkeepHandler::UpkeepHandler(Parts parts, const crypto::SecretKey& form_key)
    : parts_(std::move(parts)),
      sent_seal_(form_key, "oshirase upkeep sent 1", kSentLifetime, parts_.clock) {}

std::vector<Route> UpkeepHandler::Routes() {
  const SessionPages& pages = parts_.pages;
  return {{"GET", "/upkeep/link", "upkeep_link",
           [this](const HttpRequest& request) { return ShowLinkForm(request); }},
          {"POST", "/upkeep/link", "upkeep_link_send",
           [this](const HttpRequest& request) { return SendLink(request); }},
          {"GET", "/upkeep/link/sent", "upkeep_link_sent",
           [this](const HttpRequest& request) { return ShowLinkSent(request); }},
          {"GET", "/upkeep", "upkeep",
           pages.ForPage([this](const HttpRequest& request, const Credential& session) {
             return ShowVenues(request, session);
           })},
          {"POST", "/upkeep/leave", "upkeep_leave",
           pages.ForForm([this](const HttpRequest& request, const Credential& session,
                                const FormBody&) { return Leave(request, session); })}};
}

HttpResponse UpkeepHandler::LinkForm(const HttpRequest& request, const std::string& email,
                                     std::vector<FormProblem> problems) const {
  Page page = {.name = "upkeep_link", .problems = std::move(problems)};
  const FieldMaker fields(parts_.pages.renderer().words(), LanguageOf(request), page.problems);
  page.values.set("email", fields.Text(EmailSpec(), email));
  page.values.set("ended", request.HasQuery("ended"));
  page.values.set("left", request.HasQuery("left"));
  return parts_.pages.renderer().Render(request, std::move(page));
}

HttpResponse UpkeepHandler::ShowLinkForm(const HttpRequest& request) const {
  return LinkForm(request, "", {});
}

HttpResponse UpkeepHandler::SendLink(const HttpRequest& request) const {
  const auto body = ReadOwnForm(request, parts_.pages.renderer().facts().public_url);
  if (!body.ok()) return RefuseForm(parts_.pages.renderer(), request, body.status());
  const std::string email = CleanLine(FieldOf(*body, "email"));
  if (auto problems = CheckEmail(email); !problems.empty()) {
    return LinkForm(request, email, std::move(problems));
  }
  const absl::Status status = parts_.business.RequestUpkeepLink(email, CallOf(request));
  // Too many mails were sent to it already: look there. Nobody learns whether the address is known.
  if (!status.ok() && ReasonOf(status) != "TOO_MANY_MAILS")
    return parts_.pages.Failure(request, status);
  const std::string language = InfoOf(LanguageOf(request)).code;
  return SeeOther(absl::StrCat("/upkeep/link/sent?",
                               EncodeQuery({{"t", sent_seal_.Seal(email)}, {"lang", language}})));
}

HttpResponse UpkeepHandler::ShowLinkSent(const HttpRequest& request) const {
  const auto email = sent_seal_.Open(request.Query("t"));
  if (!email.ok()) return RefuseForm(parts_.pages.renderer(), request, email.status());
  Page page = {.name = "upkeep_link_sent"};
  page.values.set("email", *email);
  return parts_.pages.renderer().Render(request, std::move(page));
}

HttpResponse UpkeepHandler::ShowVenues(const HttpRequest& request,
                                       const Credential& session) const {
  const auto venues =
      parts_.business.ListOwnVenues(session, std::string(request.Query("page")), CallOf(request));
  if (!venues.ok()) return parts_.pages.Failure(request, venues.status());
  const Language language = LanguageOf(request);
  data list(data::type::list);
  for (const OwnVenue& venue : venues->venues) {
    data entry;
    entry.set("path", VenuePath(venue.venue_id));
    entry.set("name", venue.details.name);
    entry.set("place", absl::StrCat(venue.details.municipality, venue.details.address));
    entry.set("is_closed", venue.state == OwnVenue::State::kClosed);
    entry.set("is_suspended", venue.state == OwnVenue::State::kSuspended);
    list.push_back(entry);
  }
  Page page = {.name = "upkeep"};
  page.values.set("venues", list);
  page.values.set("has_next", !venues->next_page_token.empty());
  page.values.set("next_query", EncodeQuery({{"page", venues->next_page_token},
                                             {"lang", InfoOf(language).code}}));
  return parts_.pages.Render(request, session, std::move(page));
}

HttpResponse UpkeepHandler::Leave(const HttpRequest& request, const Credential& session) const {
  const absl::Status closed = parts_.business.CloseSession(session.secret, CallOf(request));
  if (!closed.ok()) return parts_.pages.Failure(request, closed);
  HttpResponse response = SeeOther(InLanguageOf(request, "/upkeep/link?left"));
  parts_.pages.sessions().End(response);
  return response;
}

}  // namespace oshirase::gateway

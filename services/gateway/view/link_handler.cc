#include "services/gateway/view/link_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/gateway/forms/own_form.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/http/url.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {

std::vector<Route> LinkHandler::Routes() {
  return {
      {"GET", "/links/{token}", "link",
       [this](const HttpRequest& request) { return Show(request); }},
      {"POST", "/links", "link_use", [this](const HttpRequest& request) { return Use(request); }}};
}

HttpResponse LinkHandler::Show(const HttpRequest& request) const {
  const std::string token(request.PathValue("token"));
  if (!IsToken(token)) return ShowUnknown(request);
  const auto link = parts_.business.CheckLink(token, CallOf(request));
  if (!link.ok()) return ShowFailure(request, link.status());
  if (link->state != MailedLink::State::kGood) return ShowEnded(request, *link);
  Page page = {.name = "link"};
  const bool for_registration = link->purpose == MailedLink::Purpose::kRegistration;
  if (!for_registration) {
    page.title = parts_.renderer.words().Get(LanguageOf(request), "title.upkeep_link");
  }
  page.values.set("token", token);
  page.values.set("for_registration", for_registration);
  return parts_.renderer.Render(request, std::move(page));
}

HttpResponse LinkHandler::Use(const HttpRequest& request) const {
  const auto body = ReadOwnForm(request, parts_.renderer.facts().public_url);
  if (!body.ok()) return RefuseForm(parts_.renderer, request, body.status());
  const std::string token = FieldOf(*body, "token");
  if (!IsToken(token)) return ShowUnknown(request);
  const auto session = parts_.business.OpenSession(token, CallOf(request));
  if (absl::IsFailedPrecondition(session.status())) {
    // Used or too old: which of them, and for what, the link itself tells.
    const auto link = parts_.business.CheckLink(token, CallOf(request));
    return link.ok() ? ShowEnded(request, *link) : ShowFailure(request, link.status());
  }
  if (!session.ok()) return ShowFailure(request, session.status());

  const std::string language = InfoOf(LanguageOf(request)).code;
  const std::string query = EncodeQuery({{"lang", language}});
  HttpResponse response = SeeOther(
      session->venue_id.empty()
          ? absl::StrCat("/upkeep?", query)
          : absl::StrCat("/upkeep/venues/", EncodePath(session->venue_id), "?done&", query));
  parts_.sessions.Begin(session->token, session->expire_time - parts_.clock(), response);
  return response;
}

HttpResponse LinkHandler::ShowEnded(const HttpRequest& request, const MailedLink& link) const {
  const bool used = link.state == MailedLink::State::kUsed;
  const bool for_registration = link.purpose == MailedLink::Purpose::kRegistration;
  Page page = {.name = "link_ended", .status = 410};
  page.title = parts_.renderer.words().Get(LanguageOf(request),
                                           used ? "title.link_used" : "title.link_expired");
  page.values.set("used", used);
  page.values.set("has_session", used && parts_.sessions.Of(request).has_value());
  page.values.set("expired_registration", !used && for_registration);
  page.values.set("expired_upkeep", !used && !for_registration);
  return parts_.renderer.Render(request, std::move(page));
}

HttpResponse LinkHandler::ShowUnknown(const HttpRequest& request) const {
  Page page = {.name = "link_ended", .status = 404};
  page.title = parts_.renderer.words().Get(LanguageOf(request), "title.link_unknown");
  page.values.set("unknown", true);
  return parts_.renderer.Render(request, std::move(page));
}

HttpResponse LinkHandler::ShowFailure(const HttpRequest& request,
                                      const absl::Status& status) const {
  if (absl::IsNotFound(status)) return ShowUnknown(request);
  return parts_.renderer.ErrorPage(request, HttpStatusOf(status));
}

}  // namespace oshirase::gateway

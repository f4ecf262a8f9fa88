#include "services/gateway/view/session_pages.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/http/url.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {

HttpHandler SessionPages::ForPage(Show show) const {
  return [this, show = std::move(show)](const HttpRequest& request) {
    const auto session = sessions_.Of(request);
    if (!session) return Failure(request, absl::UnauthenticatedError("no session"));
    return show(request, *session);
  };
}

HttpHandler SessionPages::ForForm(Take take) const {
  return ForPage(
      [this, take = std::move(take)](const HttpRequest& request, const Credential& session) {
        const auto body = sessions_.ReadForm(request, session);
        if (!body.ok()) return RefuseForm(renderer_, request, body.status());
        return take(request, session, *body);
      });
}

HttpResponse SessionPages::Render(const HttpRequest& request, const Credential& session,
                                  Page page) const {
  page.values.set("csrf", sessions_.CsrfToken(session));
  return renderer_.Render(request, std::move(page));
}

HttpResponse SessionPages::Failure(const HttpRequest& request, const absl::Status& status) const {
  if (!absl::IsUnauthenticated(status)) return renderer_.ErrorPage(request, HttpStatusOf(status));
  HttpResponse response = SeeOther(InLanguageOf(request, "/upkeep/link?ended"));
  sessions_.End(response);
  return response;
}

std::string VenuePath(const std::string& venue_id) {
  return absl::StrCat("/upkeep/venues/", EncodePath(venue_id));
}

std::string VenueIdIn(const HttpRequest& request) {
  std::string id(request.PathValue("venue_id"));
  return ids::ParseUuid(id).ok() ? id : "";
}

std::string InLanguageOf(const HttpRequest& request, const std::string& path) {
  const Language language = LanguageOf(request);
  if (language == Language::kJapanese) return path;
  const bool has_query = path.find('?') != std::string::npos;
  return absl::StrCat(path, has_query ? "&lang=" : "?lang=", InfoOf(language).code);
}

}  // namespace oshirase::gateway

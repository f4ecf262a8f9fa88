// What the pages of a session share: they need its cookie, their forms need its token, and when the
// session is over they all lead to the way in.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "services/gateway/backends/business_client.h"
#include "services/gateway/http/message.h"
#include "services/gateway/session/sessions.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

// Thread-safe.
class SessionPages {
 public:
  // Both must outlive this.
  SessionPages(const Renderer& renderer, const Sessions& sessions)
      : renderer_(renderer), sessions_(sessions) {}

  // Called when there is a cookie of a session, which may have ended.
  using Show = std::function<HttpResponse(const HttpRequest&, const Credential&)>;
  // Called with the fields of a form that a page of the session sent.
  using Take = std::function<HttpResponse(const HttpRequest&, const Credential&, const FormBody&)>;

  HttpHandler ForPage(Show show) const;
  HttpHandler ForForm(Take take) const;

  // Renders `page` with the token that its forms carry, as `csrf`.
  HttpResponse Render(const HttpRequest& request, const Credential& session, Page page) const;

  // The page for a failed call: the way in when the session is over, else that of the error.
  HttpResponse Failure(const HttpRequest& request, const absl::Status& status) const;

  const Renderer& renderer() const { return renderer_; }
  const Sessions& sessions() const { return sessions_; }
  const Words& words() const { return renderer_.words(); }

 private:
  const Renderer& renderer_;
  const Sessions& sessions_;
};

// Where a venue's page is; what belongs to the venue lies below.
std::string VenuePath(const std::string& venue_id);

// The id in the path of `request`; "" when it is none.
std::string VenueIdIn(const HttpRequest& request);

// `path` in the language of `request`, with "?" or "&" as `path` needs it.
std::string InLanguageOf(const HttpRequest& request, const std::string& path);

}  // namespace oshirase::gateway

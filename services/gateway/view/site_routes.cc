#include "services/gateway/view/site_routes.h"

#include "services/gateway/view/assets.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {
namespace {

HttpResponse Stylesheet(const HttpRequest& /*request*/) {
  HttpResponse response;
  response.content_type = "text/css; charset=utf-8";
  response.body = std::string(FindAsset("static/site.css"));
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

HttpResponse Icon(const HttpRequest& /*request*/) {
  HttpResponse response;
  response.content_type = "image/svg+xml";
  response.body = std::string(FindAsset("static/icon.svg"));
  response.headers.emplace_back("Cache-Control", "public, max-age=86400");
  return response;
}

}  // namespace

std::vector<Route> SiteRoutes() {
  return {{"GET", "/", "home", [](const HttpRequest&) { return SeeOther("/register"); }},
          {"GET", "/static/icon.svg", "icon", &Icon},
          {"GET", StylesheetPath(), "stylesheet", &Stylesheet}};
}

}  // namespace oshirase::gateway

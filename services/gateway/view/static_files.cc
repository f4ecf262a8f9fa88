#include "services/gateway/view/static_files.h"

#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "services/gateway/view/assets.h"

namespace oshirase::gateway {
namespace {

constexpr char kStylesheet[] = "static/site.css";
constexpr char kScript[] = "static/site.js";
constexpr char kForADay[] = "public, max-age=86400";
constexpr char kForEver[] = "public, max-age=31536000, immutable";

// FNV-1a: only has to differ when the file does.
uint64_t HashOf(std::string_view text) {
  uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

Route FileRoute(const std::string& path, const std::string& name, const std::string& asset,
                const std::string& type, const std::string& caching) {
  return {"GET", path, name, [asset, type, caching](const HttpRequest&) {
            HttpResponse response;
            response.content_type = type;
            response.body = std::string(FindAsset(asset));
            response.headers.emplace_back("Cache-Control", caching);
            return response;
          }};
}

}  // namespace

std::string StylesheetPath() {
  static const uint64_t hash = HashOf(FindAsset(kStylesheet));
  return absl::StrFormat("/static/site-%016x.css", hash);
}

std::string ScriptPath() {
  static const uint64_t hash = HashOf(FindAsset(kScript));
  return absl::StrFormat("/static/site-%016x.js", hash);
}

std::vector<Route> StaticFileRoutes() {
  std::vector<Route> routes = {
      FileRoute(StylesheetPath(), "stylesheet", kStylesheet, "text/css; charset=utf-8", kForEver),
      FileRoute(ScriptPath(), "script", kScript, "text/javascript; charset=utf-8", kForEver)};
  for (const Asset& asset : Assets()) {
    const std::string name(asset.name);
    if (!absl::StartsWith(name, "static/") || !absl::EndsWith(name, ".svg")) continue;
    routes.push_back(FileRoute("/" + name, "picture", name, "image/svg+xml", kForADay));
  }
  return routes;
}

}  // namespace oshirase::gateway

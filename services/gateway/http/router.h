// Which handler answers which path. Paths match segment by segment, by comparison, because the HTTP
// library's own routes are regular expressions tried one after another.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/gateway/http/message.h"

namespace oshirase::gateway {

// The longest body of a route that does not say otherwise; nginx has the same limits.
inline constexpr size_t kDefaultMaxBodyBytes = 64 * 1024;

struct Route {
  std::string method;  // "GET", "POST", "PUT" or "PATCH"
  // "/register", or with places that any one segment fills: "/links/{token}". A path without places
  // goes before those with them.
  std::string path;
  // What logs and metrics call it. Never a URL: those may hold a token.
  std::string name;
  HttpHandler handler;
  size_t max_body_bytes = kDefaultMaxBodyBytes;
  // Whether its forms carry files (multipart/form-data).
  bool takes_files = false;
};

// Immutable, so thread-safe.
class Router {
 public:
  explicit Router(std::vector<Route> routes);
  Router(Router&&) = default;
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  // The route of `method` (HEAD counts as GET) and `path`, or null.
  const Route* Find(const std::string& method, const std::string& path) const;

  // What fills the places of `route`'s path in `path`, which it matches.
  static std::vector<std::pair<std::string, std::string>> PathValues(const Route& route,
                                                                     const std::string& path);

  // The methods that `path` answers, for an Allow header ("GET, HEAD"); "" when it is no path of
  // ours.
  std::string Allow(const std::string& path) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  // The routes of all methods whose path matches.
  std::vector<const Route*> Matching(const std::string& path) const;

  std::vector<Route> routes_;
  std::map<std::string, std::vector<const Route*>> by_path_;
  std::vector<const Route*> with_places_;
};

}  // namespace oshirase::gateway

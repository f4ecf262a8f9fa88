#include "services/gateway/http/router.h"

#include <utility>

namespace oshirase::gateway {

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const Route& route : routes_) by_path_[route.path].push_back(&route);
}

const Route* Router::Find(const std::string& method, const std::string& path) const {
  const auto found = by_path_.find(path);
  if (found == by_path_.end()) return nullptr;
  for (const Route* route : found->second) {
    if (route->method == method || (route->method == "GET" && method == "HEAD")) return route;
  }
  return nullptr;
}

std::string Router::Allow(const std::string& path) const {
  std::string result;
  const auto found = by_path_.find(path);
  if (found == by_path_.end()) return result;
  for (const Route* route : found->second) {
    if (!result.empty()) result += ", ";
    result += route->method == "GET" ? "GET, HEAD" : route->method;
  }
  return result;
}

}  // namespace oshirase::gateway

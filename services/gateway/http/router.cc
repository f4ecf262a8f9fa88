#include "services/gateway/http/router.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace oshirase::gateway {
namespace {

bool IsPlace(absl::string_view segment) {
  return absl::StartsWith(segment, "{") && absl::EndsWith(segment, "}");
}

std::vector<absl::string_view> Segments(const std::string& path) {
  return absl::StrSplit(path, '/');
}

// An empty segment fills no place.
bool Matches(const std::string& pattern, const std::string& path) {
  const auto wanted = Segments(pattern);
  const auto given = Segments(path);
  if (wanted.size() != given.size()) return false;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (IsPlace(wanted[i]) ? given[i].empty() : wanted[i] != given[i]) return false;
  }
  return true;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const Route& route : routes_) {
    if (route.path.find('{') == std::string::npos) {
      by_path_[route.path].push_back(&route);
    } else {
      with_places_.push_back(&route);
    }
  }
}

std::vector<const Route*> Router::Matching(const std::string& path) const {
  if (const auto found = by_path_.find(path); found != by_path_.end()) return found->second;
  std::vector<const Route*> result;
  for (const Route* route : with_places_) {
    if (Matches(route->path, path)) result.push_back(route);
  }
  return result;
}

const Route* Router::Find(const std::string& method, const std::string& path) const {
  for (const Route* route : Matching(path)) {
    if (route->method == method || (route->method == "GET" && method == "HEAD")) return route;
  }
  return nullptr;
}

std::vector<std::pair<std::string, std::string>> Router::PathValues(const Route& route,
                                                                    const std::string& path) {
  std::vector<std::pair<std::string, std::string>> result;
  const auto places = Segments(route.path);
  const auto values = Segments(path);
  for (size_t i = 0; i < places.size() && i < values.size(); ++i) {
    if (!IsPlace(places[i])) continue;
    result.emplace_back(std::string(places[i].substr(1, places[i].size() - 2)),
                        std::string(values[i]));
  }
  return result;
}

std::string Router::Allow(const std::string& path) const {
  std::string result;
  for (const Route* route : Matching(path)) {
    if (!result.empty()) result += ", ";
    result += route->method == "GET" ? "GET, HEAD" : route->method;
  }
  return result;
}

}  // namespace oshirase::gateway

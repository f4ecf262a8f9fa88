#include "services/gateway/http/message.h"

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace oshirase::gateway {
namespace {

using NamedValues = std::vector<std::pair<std::string, std::string>>;

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

const std::string* Find(const NamedValues& values, std::string_view name) {
  for (const auto& [key, value] : values) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string_view ValueOf(const NamedValues& values, std::string_view name) {
  const std::string* value = Find(values, name);
  return value == nullptr ? std::string_view() : *value;
}

}  // namespace

std::string_view HttpRequest::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (absl::EqualsIgnoreCase(View(key), View(name))) return value;
  }
  return "";
}

std::string_view HttpRequest::Query(std::string_view name) const { return ValueOf(query, name); }

bool HttpRequest::HasQuery(std::string_view name) const { return Find(query, name) != nullptr; }

std::string_view HttpRequest::PathValue(std::string_view name) const {
  return ValueOf(path_values, name);
}

HttpResponse PlainText(int status, const std::string& line) {
  HttpResponse response;
  response.status = status;
  response.body = line + "\n";
  return response;
}

HttpResponse SeeOther(const std::string& location) {
  HttpResponse response;
  response.status = 303;
  response.headers.emplace_back("Location", location);
  return response;
}

}  // namespace oshirase::gateway

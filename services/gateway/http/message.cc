#include "services/gateway/http/message.h"

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace oshirase::gateway {
namespace {

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::string_view HttpRequest::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (absl::EqualsIgnoreCase(View(key), View(name))) return value;
  }
  return "";
}

std::string_view HttpRequest::Query(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return "";
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

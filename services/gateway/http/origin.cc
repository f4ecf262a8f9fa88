// Our pages have Referrer-Policy no-referrer, under which browsers send "Origin: null" even to the
// page's own origin; Sec-Fetch-Site, which no page can set, still tells the truth.
// Reference: https://fetch.spec.whatwg.org/#append-a-request-origin-header
#include "services/gateway/http/origin.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace oshirase::gateway {

bool IsFromOurPages(const HttpRequest& request, const std::string& public_url) {
  const std::string_view site = request.Header("Sec-Fetch-Site");
  if (!site.empty()) return site == "same-origin" || site == "none";
  const std::string_view origin = request.Header("Origin");
  if (origin.empty() || origin == "null" || origin == public_url) return true;
  // Under another of our names, such as localhost.
  const std::string_view host = request.Header("Host");
  const absl::string_view host_view(host.data(), host.size());
  return !host.empty() && (origin == absl::StrCat("https://", host_view) ||
                           origin == absl::StrCat("http://", host_view));
}

}  // namespace oshirase::gateway

// Values into pages. Everything is escaped; the pages have no way to ask for raw text.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>

#include "absl/status/status.h"
#include "services/gateway/http/message.h"

namespace oshirase::gateway {

// What every page shows.
struct SiteFacts {
  std::string prefecture_name;
  std::string consultation_phone;
};

// Thread-safe.
class Renderer {
 public:
  explicit Renderer(SiteFacts facts) : facts_(std::move(facts)) {}

  // Renders pages/<page>.html with `values`, in the frame all pages share.
  HttpResponse Render(int status, const std::string& page, kainjow::mustache::data values) const;

  // The page for an error without one of its own.
  HttpResponse ErrorPage(int status) const;

  // OK when every page compiled in is well formed and asks for no raw text; INTERNAL with the first
  // one that is not.
  static absl::Status CheckPages();

 private:
  const SiteFacts facts_;
};

// The style sheet's address: it changes with its content, so that browsers may keep it for ever.
std::string StylesheetPath();

}  // namespace oshirase::gateway

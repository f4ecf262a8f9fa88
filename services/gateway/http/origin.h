// Keeps other sites from sending our forms from a visitor's browser.
#pragma once

#include <string>

#include "services/gateway/http/message.h"

namespace oshirase::gateway {

// Whether the browser that sent `request` was on a page of ours, as far as it says; whoever says
// nothing is no browser that another site could have led here. `public_url` has no path.
bool IsFromOurPages(const HttpRequest& request, const std::string& public_url);

}  // namespace oshirase::gateway

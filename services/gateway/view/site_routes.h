// The addresses that belong to no form: the way in, and the style sheet.
#pragma once

#include <vector>

#include "services/gateway/http/router.h"

namespace oshirase::gateway {

std::vector<Route> SiteRoutes();

}  // namespace oshirase::gateway

// The style sheet, the script and the pictures: files that are the same for everybody.
#pragma once

#include <string>
#include <vector>

#include "services/gateway/http/router.h"

namespace oshirase::gateway {

// Their addresses change with their content, so that browsers may keep them for ever.
std::string StylesheetPath();
std::string ScriptPath();

std::vector<Route> StaticFileRoutes();

}  // namespace oshirase::gateway

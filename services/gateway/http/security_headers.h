// The headers every answer carries.
#pragma once

#include "services/gateway/http/message.h"

namespace oshirase::gateway {

// Adds what `response` does not set itself. Nothing is cached unless its handler says so.
void AddSecurityHeaders(HttpResponse& response);

}  // namespace oshirase::gateway

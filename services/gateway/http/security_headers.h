// The headers every answer carries.
#pragma once

#include <httplib.h>

namespace oshirase::gateway {

// Adds what is not among an answer's `headers` yet. Nothing is cached unless its handler says so.
void AddSecurityHeaders(httplib::Headers& headers);

}  // namespace oshirase::gateway
